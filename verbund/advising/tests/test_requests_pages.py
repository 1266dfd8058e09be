"""The pages of advice, answers for all, surveys and the programme: who opens them, what is typed, what stays hidden."""

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.support import cast as cast_of
from verbund.accounts.roles import Role
from verbund.advising.models import AdviceRequest, CommonAnswer, NeedsSurvey, PlannedTraining, SurveyReturn
from verbund.advising.tests import opening_story as story
from verbund.directory.models import Organisation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_march_2024(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    with time_machine.travel("2024-03-05 12:00+01:00", tick=True):
        yield


@pytest.fixture
def desks(client_of):
    """Return a client for each side: lead and staff of a centre, another centre, both units, a ministry."""
    general, school = (Organisation.objects.get(code=code) for code in ("KOORD", "LASI"))
    return {
        "lead": client_of(cast_of.member(Role.CENTRE_LEAD)),
        "staff": client_of(cast_of.member(Role.CENTRE_STAFF)),
        "other": client_of(cast_of.member(Role.CENTRE_LEAD, at="05978")),
        "unit": client_of(cast_of.member(Role.COORDINATOR, general)),
        "school": client_of(cast_of.member(Role.COORDINATOR, school)),
        "ministry": client_of(cast_of.member(Role.MINISTRY_APPROVER)),
    }


def path(page: str, *args) -> str:
    return reverse(f"advising:{page}", args=args)


def asked(desks, title: str = "Wie beginnen?") -> AdviceRequest:
    sent = {"title": title, "question": "Womit?", "wish": "ANSWER", "field": story.field().pk, "stage": "", "unit": ""}
    desks["staff"].post(path("request-new"), sent)
    request = AdviceRequest.objects.get(title=title)
    desks["staff"].post(path("request-ask", request.pk))
    return request


PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"


def test_a_question_is_answered_with_a_file_which_only_both_sides_open(desks):
    request = asked(desks)
    upload = SimpleUploadedFile("muster.pdf", PDF, content_type="application/pdf")
    said = {"text": "So geht es.", "template": "", "link": "javascript:alert(1)", "upload": upload}
    assert desks["unit"].post(path("request-answer", request.pk), said).status_code == 422
    upload.seek(0)
    desks["unit"].post(path("request-answer", request.pk), {**said, "link": "https://beispiel.invalid/a"})
    message = request.messages.get()
    where = path("message-file", message.pk)
    opened = {name: client.get(where).status_code for name, client in desks.items()}
    assert opened == {"lead": 200, "staff": 200, "unit": 200, "other": 404, "school": 404, "ministry": 404}
    page = desks["staff"].get(request.get_absolute_url()).content.decode()
    assert "So geht es." in page
    assert "muster.pdf" in page
    assert desks["unit"].post(path("request-helped", request.pk), {"helped": "YES"}).status_code == 403
    desks["lead"].post(path("request-helped", request.pk), {"helped": "NO", "helped_note": "Zu allgemein"})
    assert "Zu allgemein" in desks["unit"].get(request.get_absolute_url()).content.decode()


def test_nobody_else_finds_a_question_and_each_side_only_does_its_part(desks):
    request = asked(desks)
    for name in ("other", "school"):
        assert "Wie beginnen?" not in desks[name].get(path("requests")).content.decode()
        assert "Wie beginnen?" not in desks[name].get(path("requests-csv")).content.decode("utf-8-sig")
        assert desks[name].post(path("request-close", request.pk), {"note": ""}).status_code == 404
    assert desks["ministry"].get(path("requests")).status_code == 403
    assert desks["staff"].post(path("request-answer", request.pk), {"text": "x"}).status_code == 403
    assert desks["unit"].post(path("request-reply", request.pk), {"text": "x"}).status_code == 403
    assert desks["unit"].post(path("request-edit", request.pk), {"title": "x"}).status_code == 403
    assert AdviceRequest.objects.get().status == "ASKED"


def test_a_released_answer_for_all_shows_its_version_and_not_who_asked(desks):
    request = asked(desks)
    desks["unit"].post(path("request-answer", request.pk), {"text": "So."})
    sent = {"title": "Beginnen", "field": "", "question": "Womit?", "answer": "Mit der Wartezone."}
    desks["unit"].post(path("answer-from-request", request.pk), sent)
    answer = CommonAnswer.objects.get()
    assert desks["other"].get(answer.get_absolute_url()).status_code == 404
    desks["unit"].post(path("answer-release", answer.pk))
    desks["unit"].post(path("answer-edit", answer.pk), {**sent, "answer": "Neuer Entwurf", "seen": "1"})
    page = desks["other"].get(answer.get_absolute_url()).content.decode()
    assert "Mit der Wartezone." in page
    assert "Neuer Entwurf" not in page
    assert request.title not in page
    searched = desks["other"].get(path("answers"), {"q": "Wartezone"}).content.decode()
    assert "Beginnen" in searched
    assert "Beginnen" not in desks["other"].get(path("answers"), {"q": "Neuer Entwurf"}).content.decode()
    stale = desks["unit"].post(path("answer-edit", answer.pk), {**sent, "answer": "Mein Text", "seen": "1"})
    assert stale.status_code == 422
    assert "Mein Text" in stale.content.decode()
    assert "Jemand anderes hat inzwischen gespeichert" in stale.content.decode()


def survey_open(desks) -> NeedsSurvey:
    desks["unit"].post(path("survey-new"), {"year": "2025", "intro": "Was fehlt?", "due_on": "2024-04-30"})
    survey = NeedsSurvey.objects.get()
    for title in ("Einfache Sprache", "Beschwerdewege"):
        desks["unit"].post(path("survey-topic-new", survey.pk), {"title": title, "field": story.field().pk})
    desks["unit"].post(path("survey-open", survey.pk))
    return survey


def test_a_comment_without_its_priority_is_not_lost(desks):
    survey = survey_open(desks)
    first, _second = survey.topics.all()
    page = desks["staff"].post(path("survey-answer", survey.pk), {f"comment-{first.pk}": "Kurse am Abend", "note": ""})

    assert page.status_code == 422
    assert "wie groß der Bedarf ist" in page.content.decode()
    assert 'value="Kurse am Abend"' in page.content.decode()
    assert not SurveyReturn.objects.exists()


def test_the_lead_sends_what_staff_prepared_and_the_unit_plans_from_it(desks):
    survey = survey_open(desks)
    first, second = survey.topics.all()
    sent = {f"priority-{first.pk}": "3", f"comment-{first.pk}": "=Formel", f"priority-{second.pk}": "0", "note": ""}
    desks["staff"].post(path("survey-answer", survey.pk), sent)
    answer = SurveyReturn.objects.get()
    assert desks["staff"].post(path("return-send", answer.pk)).status_code == 403
    assert desks["other"].post(path("return-send", answer.pk)).status_code == 404
    desks["lead"].post(path("return-send", answer.pk))
    assert desks["unit"].get(survey.get_absolute_url()).content.decode().count("=Formel") == 1
    assert "'=Formel" in desks["unit"].get(path("survey-csv", survey.pk)).content.decode("utf-8-sig")
    assert desks["staff"].get(path("survey-csv", survey.pk)).status_code == 403
    assert "=Formel" not in desks["other"].get(survey.get_absolute_url()).content.decode()
    plan = {
        "year": "2025", "quarter": "1", "title": "Schreiben", "topic": first.pk, "field": "", "audience": "alle",
    }  # fmt: skip
    desks["unit"].post(path("training-new"), plan)
    training = PlannedTraining.objects.get()
    assert "Schreiben" not in desks["other"].get(path("trainings")).content.decode()
    assert desks["school"].post(path("training-publish", training.pk)).status_code == 404
    desks["unit"].post(path("training-publish", training.pk))
    assert "Schreiben" in desks["other"].get(path("trainings")).content.decode()
    assert desks["lead"].post(path("training-withdraw", training.pk)).status_code == 403


def counted(client, where: str, django_assert_max_num_queries) -> int:
    with django_assert_max_num_queries(60) as captured:
        assert client.get(where).status_code == 200
    return len(captured)


def test_the_number_of_queries_does_not_grow(desks, django_assert_max_num_queries):
    survey = survey_open(desks)
    pages = [path("requests"), path("requests-csv"), path("answers"), path("surveys"), path("trainings")]

    def counts():
        where = [("unit", one) for one in [*pages, survey.get_absolute_url(), "/aufgaben/", path("home")]]
        where += [("lead", one) for one in [*pages, survey.get_absolute_url(), "/aufgaben/"]]
        return [counted(desks[who], one, django_assert_max_num_queries) for who, one in where]

    def more(number: int):
        asked(desks, title=f"Frage {number}")
        sent = {"title": f"Antwort {number}", "field": "", "question": "x", "answer": "y"}
        desks["unit"].post(path("answer-new"), sent)
        plan = {"year": "2025", "quarter": "1", "title": f"T{number}", "topic": "", "field": "", "audience": "alle"}
        desks["unit"].post(path("training-new"), plan)
        desks["unit"].post(path("training-publish", PlannedTraining.objects.get(title=f"T{number}").pk))

    more(1)
    with_one = counts()
    more(2)
    more(3)
    assert counts() == with_one
