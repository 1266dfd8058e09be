"""Attachments: PDF or nothing, stored unchanged, handed out harmlessly."""

import io
import zipfile

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from verbund.core import files
from verbund.core.files import LARGEST_UPLOAD, UnacceptableFile


def pdf() -> bytes:
    target = io.BytesIO()
    document = pikepdf.new()
    document.add_blank_page()
    document.save(target)
    return target.getvalue()


def archive() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as file:
        file.writestr("innen.pdf", pdf())
    return target.getvalue()


PICTURE = b"\x89PNG\r\n\x1a\n" + b"\0" * 64


def test_a_pdf_is_taken_as_it_is():
    assert files.check_upload(SimpleUploadedFile("Beschluss.PDF", pdf())) == pdf()


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("leer.pdf", b"", "leer"),
        ("gross.pdf", b"%PDF-1.7\n" + b"0" * LARGEST_UPLOAD, "20 MB"),
        ("bild.pdf", PICTURE, "keine PDF-Datei"),
        ("seite.pdf", b"<html><script>alert(1)</script>", "keine PDF-Datei"),
        ("archiv.pdf", archive(), "keine PDF-Datei"),
        ("programm.pdf", b"MZ\x90\x00" + b"\0" * 64, "keine PDF-Datei"),
        ("zwitter.pdf", b"<html><!--\n" + pdf() + b"--></html>", "keine PDF-Datei"),
        ("bild-zwitter.pdf", PICTURE + pdf(), "keine PDF-Datei"),
        ("zeichnung.pdf", b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', "keine PDF-Datei"),
        ("Beschluss.pdf.exe", pdf(), "keine PDF-Datei"),
        ("Beschluss", pdf(), "keine PDF-Datei"),
    ],
    ids=lambda value: value if isinstance(value, str) and "." in value else "",
)
def test_what_is_no_pdf_is_refused_with_a_sentence(name, content, sentence):
    with pytest.raises(UnacceptableFile, match=sentence):
        files.check_upload(SimpleUploadedFile(name, content))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("/etc/passwd.pdf", "passwd.pdf"),
        ("Beschluss Rat.pdf", "Beschluss Rat.pdf"),
        ("x" * 300 + ".pdf", None),
    ],
)
def test_a_path_in_a_name_leads_nowhere(sent, kept):
    stored = files.store(pdf(), name=sent)

    assert files.folder() in files.path_of(stored.sha256).parents
    assert "/" not in stored.name
    assert len(stored.name) <= 200
    assert kept is None or stored.name == kept


@pytest.mark.django_db
def test_the_same_content_is_kept_once_and_a_change_on_disk_is_noticed():
    first, second = files.store(pdf(), name="a.pdf"), files.store(pdf(), name="b.pdf")
    path = files.path_of(first.sha256)

    assert path == files.path_of(second.sha256)
    assert first.is_unchanged()
    path.write_bytes(pdf() + b"angehaengt")
    assert not first.is_unchanged()
    path.unlink()
    assert not second.is_unchanged()


@pytest.mark.django_db
def test_a_stored_file_is_handed_out_as_a_download_that_no_browser_runs():
    stored = files.store(b"<script>alert(1)</script>", name='Bescheid "Solingen"\r\nSet-Cookie: a=b.pdf')

    response = files.respond(stored)

    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "\n" not in response["Content-Disposition"]
    assert b"".join(response.streaming_content) == b"<script>alert(1)</script>"
