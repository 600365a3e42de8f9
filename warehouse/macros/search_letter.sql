-- A pattern for one letter of a word: any of its forms, and the signs that may follow it.
create or replace macro search_letter(letter) as
'[' || letter || regexp_extract(search_letters(), '\n' || letter || '(.*)', 1) || '][' || search_marks() || ']*';
