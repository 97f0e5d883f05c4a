"""P17: the form that the owner fills in after an interview -> facts of the opportunity, and words for its mails. Pure.

`form` cuts a text at the form's questions, `reading` reads each answer, `people` those who were there, `facts` makes them
part of the fold, `points` makes sentences for a thank-you of them.
"""
