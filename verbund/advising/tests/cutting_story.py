"""Pieces of work in whose texts, old versions, mails and history somebody wrote the name of a family."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from tests.support import cast
from verbund.accounts.roles import Role
from verbund.advising.cutting.operations import cut_passage
from verbund.advising.models import AdviceMessage, OpeningSection
from verbund.advising.networks import operations as networks
from verbund.advising.openings import operations as openings
from verbund.advising.openings import template_operations as templates
from verbund.advising.practices import operations as practices
from verbund.advising.requests import answer_operations as answers
from verbund.advising.requests import operations as advice
from verbund.advising.requests import survey_operations as surveys
from verbund.advising.tests import network_story, opening_story, venture_story
from verbund.advising.topics import operations as topics
from verbund.advising.topics.operations import TopicData
from verbund.advising.ventures import operations as ventures

NAME = "Familie Übelacker"


def meeting_that_names(staff):
    """A meeting whose minutes, decision, task and call-off of links name a family, sent to a member."""
    record = network_story.network(staff)
    member = network_story.sitting(record, staff)
    meeting = network_story.invited(record, staff, [member], points=[f"Fall {NAME}", "Verschiedenes"])
    networks.move_meeting(
        meeting, seen=meeting.version, actor=staff,
        day=meeting.day, begins=meeting.begins, ends=meeting.ends, place=f"bei {NAME}", online_url="",
    )  # fmt: skip
    network_story.held(meeting, staff)
    first = meeting.agenda.first()
    attendance = networks.Attendance({member.pk: 1})
    texts = {first.pk: f"{NAME} wartet seit Mai.\nFamilie\nÜbelacker kommt wieder."}
    networks.write_minutes(meeting, texts, attendance, seen=meeting.version, actor=staff)
    decision = networks.record_decision(meeting, text="Hilfe für Familie Ubelacker", actor=staff)
    networks.correct_decision(decision, text=f"Hilfe für {NAME}", actor=staff)
    task = networks.agree_task(
        meeting, text=f"{NAME.upper()} anrufen", member=member, centre_function="", due_on=None, actor=staff
    )
    networks.complete_task(task, note=f"{NAME} erreicht", on=meeting.day, actor=staff)
    return meeting


def venture_that_names(people):
    """A venture with a section, two versions, a comment and a removed section that name a family."""
    venture, staff = venture_story.carried(people), people.staff
    on = venture_story.BEGUN
    section = ventures.add_section(venture, heading="Ziel", text=f"Wie bei {NAME}.", on=on, actor=staff)
    removed = ventures.add_section(venture, heading=f"Nach {NAME}", text=f"{NAME} sagt ja.", on=on, actor=staff)
    ventures.freeze_version(venture, note=f"mit {NAME}", on=on, actor=staff)
    ventures.remove_section(removed, on=on, actor=staff)
    comment = ventures.comment_section(section, text=f"{NAME} besser nicht nennen", on=on, actor=people.provider)
    ventures.resolve_comment(comment, answer=f"{NAME} bleibt vorerst", on=on, actor=staff)
    ventures.freeze_version(venture, on=on, actor=staff)
    return venture_story.fresh(venture)


def opening_that_names(people):
    """An opening with a goal, a measure that was dropped, a removed section and a review that name a family."""
    opening, staff, on = (
        opening_story.proposed(people, subject=f"Wartezone nach {NAME}"),
        people.staff,
        opening_story.ON,
    )
    goal = opening_story.goal(opening, people, text=f"{NAME} wartet nicht mehr")
    measure = opening_story.measure(opening, people)
    gone = {"title": f"Anlass {NAME}", "text": f"{NAME} kam dreimal."}
    openings.remove_part(openings.add_part(OpeningSection, opening, values=gone, on=on, actor=staff), actor=staff)
    words = {"agreement": f"Wir helfen {NAME}.", "agreed_on": on, "agreed_until": None}
    openings.agree_opening(opening, **words, on=on, actor=staff)
    openings.drop_measure(measure, drop_reason=f"{NAME} ist weggezogen", on=on, actor=staff)
    openings.review_opening(
        opening, year=2025, results={goal.pk: ("PARTLY", f"{NAME} wartet noch")}, next_steps=f"{NAME} fragen",
        review_due_on=date(2026, 3, 5), on=date(2025, 3, 5), actor=staff,
    )  # fmt: skip
    return opening


def request_that_names(people):
    """A question, an answer and a visit that name a family, told to the other side by mail."""
    staff, unit, on = people.staff, people.general, opening_story.ON
    about = {"title": f"Was tun mit {NAME}?", "question": f"{NAME} braucht Rat.", "field": opening_story.field()}
    request = advice.begin_request(people.centre, **about, on=on, actor=staff)
    advice.ask_unit(request, on=on, actor=staff)
    advice.say(request, AdviceMessage.Kind.ANSWER, text=f"Laden Sie {NAME} ein.", on=on, actor=unit)
    visit = advice.plan_visit(request, visited_on=on, place=f"bei {NAME}", who="Referat", actor=unit)
    advice.record_visit(visit, result=f"{NAME} war da", actor=unit)
    return request


def answer_that_names(people):
    """An answer for all with a released version that names a family."""
    values = {"title": "Wartezeiten", "question": f"Wie bei {NAME}?", "answer": "Früh anrufen.", "field": None}
    answer = answers.write_answer(people.units["KOORD"], values=values, on=opening_story.ON, actor=people.general)
    answers.release_answer(answer, on=opening_story.ON, actor=people.general)
    answers.withdraw_answer(answer, reason=f"nennt {NAME}", on=opening_story.ON, actor=people.general)
    return answer


def template_that_names(people):
    """A concept of a unit with a version, a part struck out and a part changed since that name a family."""
    template = opening_story.template(people, title=f"Wartezone nach {NAME}")
    words = {"title": "Warum", "text": f"Weil {NAME} dreimal kam."}
    templates.save_template_part(template, "sections", key="s1", values=words, actor=people.general)
    templates.release_template(template, note=f"mit {NAME}", on=opening_story.ON, actor=people.general)
    templates.remove_template_part(template, "sections", key="s1", actor=people.general)
    return template


def practice_that_names(people):
    """A released practice with material, a question and a use by another centre that name a family."""
    words = dict.fromkeys(("problem", "target_group", "done", "partners", "effect", "conditions", "failures"), NAME)
    words |= {"title": f"Lotsen für {NAME}", "contact_function": "Fachkraft", "field": opening_story.field()}
    data = practices.PracticeData(effort_days=Decimal(1), amount_effort=Decimal(0), **words)
    on, staff, unit = opening_story.ON, people.staff, people.general
    practice = practices.write_practice(people.centre, data, on=on, actor=staff)
    material = {"name": f"Brief an {NAME}", "address": "https://example.org/", "licence": "CC BY 4.0"}
    practices.add_material(practice, **material, actor=staff)
    practices.submit_practice(practice, on=on, actor=staff)
    practices.ask_back(practice, text=f"Kennt {NAME} das?", on=on, actor=unit)
    practices.answer_question(practice, answer=f"{NAME} sagt ja.", on=on, actor=staff)
    practices.release_practice(practice, on=on, actor=unit)
    other = cast.acting(cast.member(Role.CENTRE_STAFF, at="05978"))
    use = {"uptake": "ADAPTING", "changes": f"ohne {NAME}"}
    practices.take_up(practice, venture_story.centre("05978"), **use, on=on, actor=other)
    return practice


def topic_that_names(people):
    """A public topic whose words, as they are and as they were, name a family."""
    house, on = people.centre.organisation, opening_story.ON
    first = TopicData(title=f"Wie bei {NAME}", description=NAME, terms=[venture_story.term("newcomers")])
    topic = topics.start_topic(house, first, on=on, actor=people.staff)
    topics.edit_topic(topic, replace(first, title=NAME), seen=topic.version, on=on, actor=people.staff)
    topics.publish_topic(topic, on=on, actor=people.staff)
    return topic


def survey_that_names(people):
    """A survey whose words, as they are and as they were, name a family."""
    on, unit = opening_story.ON, people.general
    survey = surveys.prepare_survey(
        people.units["KOORD"], year=2025, intro=f"Wegen {NAME}", due_on=date(2024, 4, 30), on=on, actor=unit
    )
    surveys.add_topic(survey, title=f"Umgang mit {NAME}", field=opening_story.field(), actor=unit)
    words = {"intro": f"Nach {NAME}", "due_on": survey.due_on}
    surveys.edit_survey(survey, **words, seen=survey.version, actor=unit)
    surveys.open_survey(survey, on=on, actor=unit)
    return survey


def return_that_names(people):
    """An answer to a survey, sent, that names a family about a topic and at its end."""
    survey = survey_that_names(people)
    cut_passage(survey, NAME, reason="Name", actor=people.general)
    wishes = {topic.pk: (3, f"wie bei {NAME}") for topic in survey.topics.all()}
    said = {"wishes": wishes, "note": f"Hilfe für {NAME}", "seen": 0}
    answer = surveys.save_return(survey, people.centre, **said, actor=people.staff)
    surveys.send_return(answer, on=opening_story.ON, actor=people.lead)
    return answer
