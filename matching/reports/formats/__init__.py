"""How a change of a case is said to a municipality's own systems: pure, from facts to bytes.

`gateway` is KL's § 140 report (rehabilitation gateway guide 2.2.0), `carecommunication` and `acknowledgement` are
MedCom's messages (5.0.4 and 2.0.3). All are FHIR 4.0.1.
"""
