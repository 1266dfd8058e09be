#!/usr/bin/env bash
# Copies the front-end files we serve ourselves out of node_modules into TARGET (git-ignored), cut down to what is used,
# and makes the fonts for the PDF documents: tools/vendor.sh TARGET [FONTS]
set -euo pipefail
cd "$(dirname "$0")/.."
target=${1:?Aufruf: tools/vendor.sh ZIELORDNER [SCHRIFTORDNER]}
fonts=${2:-verbund/core/fonts}
kern=node_modules/@kern-ux/native
arabic=node_modules/@fontsource/noto-sans-arabic
command -v node >/dev/null || PATH="$PWD/.node/bin:$PATH"

rm -rf "$target" && mkdir -p "$target/kern" "$target/fira-sans" "$target/htmx" "$fonts"
node tools/kern_subset.mjs "$kern/dist/kern.css" "$target/kern/kern.css"
cp "$kern/LICENSE.md" "$target/kern/"
cp node_modules/htmx.org/dist/htmx.min.js node_modules/htmx.org/LICENSE "$target/htmx/"
.venv/bin/python tools/fonts.py "$kern/dist/fonts/fira-sans" --arabic "$arabic/files" --web "$target/fira-sans" --print "$fonts"
cp "$arabic/LICENSE" "$fonts/NotoSansArabic-LICENCE.txt"
echo "Gestaltung liegt in $target, Schriften für Dokumente in $fonts."
