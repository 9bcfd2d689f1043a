"""The questionnaire as plain data: what is asked, of whom, under which condition."""
