"""Addresses of proofs of use, samples and copies for the court of audit, below /foerderung/."""

from django.urls import path

from verbund.funding.views import court_of_audit, proof_examinations, proofs, samples

urlpatterns = [
    path("nachweise/", proofs.proofs, name="proofs"),
    path("bescheide/<int:pk>/nachweis-beginnen/", proofs.begin, name="proof-begin"),
    path("bescheide/<int:pk>/zwischennachweis/", proof_examinations.order_interim, name="proof-interim"),
    path("nachweise/<int:pk>/", proofs.proof, name="proof"),
    path("nachweise/<int:pk>/bearbeiten/", proofs.edit, name="proof-edit"),
    path("nachweise/<int:pk>/bestaetigung/", proofs.audit_confirmation, name="proof-confirmation"),
    path("nachweise/<int:pk>/zeichnen/", proofs.offer, name="proof-offer"),
    path("nachweise/<int:pk>/wieder-bearbeiten/", proofs.resume, name="proof-resume"),
    path("nachweise/<int:pk>/einreichen/", proofs.submit, name="proof-submit"),
    path("nachweis-eingaenge/<int:pk>/", proofs.receipt, name="proof-receipt"),
    path("nachweise/<int:pk>/befangenheit/", proof_examinations.declare, name="proof-declare"),
    path("nachweise/<int:pk>/uebernehmen/", proof_examinations.take_over, name="proof-take-over"),
    path("nachweise/<int:pk>/zurueckgeben/", proof_examinations.hand_back, name="proof-hand-back"),
    path("nachweise/<int:pk>/beanstanden/", proof_examinations.object_to, name="proof-object"),
    path("nachweise/<int:pk>/vermerk/", proof_examinations.record_check, name="proof-check"),
    path("nachweise/<int:pk>/vorschlagen/", proof_examinations.propose, name="proof-propose"),
    path("nachweise/<int:pk>/kenntnis/", proof_examinations.note_interim, name="proof-note"),
    path("nachweise/<int:pk>/ergebnis/", proofs.result, name="proof-result"),
    path("nachweis-ergebnisse/<int:pk>/mitzeichnen/", proof_examinations.countersign, name="proof-countersign"),
    path("nachweis-ergebnisse/<int:pk>/zurueckweisen/", proof_examinations.reject, name="proof-reject"),
    path("stichproben/", samples.samples, name="samples"),
    path("stichproben/neu/", samples.new, name="sample-new"),
    path("stichproben/<int:pk>/", samples.sample, name="sample"),
    path("stichproben/<int:pk>/ergaenzen/", samples.add, name="sample-add"),
    path("landesrechnungshof/", court_of_audit.copies, name="court-of-audit-copies"),
    path("landesrechnungshof/<int:pk>/", court_of_audit.record_sent, name="court-of-audit-sent"),
]
