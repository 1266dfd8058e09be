// Writes the part of KERN that Verbund uses: node tools/kern_subset.mjs SOURCE.css TARGET.css
//
// KERN's whole style sheet weighs 34 KB compressed, most of it utility classes and icons nobody here uses. What stays is
// named below, not found by reading templates: so the result is the same however many templates there are. A class that is
// missing here has no style; add its name, then run `bash tools/vendor.sh verbund/core/static/vendor`.
import { readFileSync, writeFileSync } from "node:fs";
import { PurgeCSS } from "purgecss";

const COMPONENTS = [
  "alert", "badge", "body", "btn", "container", "divider", "error", "fieldset", "form-check", "form-input", "heading", "hint",
  "kopfzeile", "label", "link", "number", "sr-only", "subline", "table", "title",
];
const ICONS = [
  "add", "arrow-back", "arrow-down", "arrow-forward", "check", "checklist", "close", "danger", "download", "edit", "help",
  "info", "mail", "open-in-new", "search", "success", "warning",
];
const NOT_USED = /kern-(btn--x-large|table-responsive|container-fluid|form-input__(date|password))/;
// Tokens our own style sheets may use; of the colour scales only what these and the rules point to stays.
const TOKENS = [/^--kern-(color-(layout|action|feedback|form|decorative|neutral|darkblue)|metric|typography|shadow|component|font|\d)/];
const SIZES = ["small", "default", "large", "x-large"];

const [source, target] = process.argv.slice(2);
const wanted = new RegExp(`^kern-(${COMPONENTS.join("|")})(__|--|-wrapper|$)`);
const icon = new RegExp(`^kern-icon(--(${[...ICONS, ...SIZES].join("|")}))?$`);
const css = readFileSync(source, "utf8");
const names = [...new Set(css.match(/kern-[a-z0-9_-]+/g))];
const kept = names.filter((name) => (wanted.test(name) || icon.test(name)) && !NOT_USED.test(name));

const [result] = await new PurgeCSS().purge({
  content: [{ raw: [...kept, "html body p ul ol li table caption thead tbody th td tr a button input select textarea"].join(" "), extension: "txt" }],
  css: [{ raw: css }],
  safelist: { standard: [/^(html|body|fieldset|legend|label|svg|img)$/, /^data-kern-theme$/, /^:/, ...kept], variables: TOKENS },
  variables: true,
  defaultExtractor: (text) => text.match(/[\w-]+/g) ?? [],
});
const notice = "/*! KERN UX (@kern-ux/native), EUPL-1.2, see LICENSE.md beside this file. Changed: only the rules Verbund uses were kept. */\n";
writeFileSync(target, notice + result.css.replace(/\/\*(?!!)[\s\S]*?\*\//g, "").replace(/\n{2,}/g, "\n"));
