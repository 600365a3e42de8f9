-- A word as search() compares it: lower case, without accents, vowel signs and tatweel; ss, ae and oe as one letter, for ß, æ and œ.
create or replace macro search_folded(word) as
replace(replace(replace(
  translate(
    regexp_replace(lower(nfc_normalize(word)), '[' || search_marks() || ']', '', 'g'),
    search_letters() || 'ǣǽǿ',
    array_to_string(list_transform(string_split(search_letters(), chr(10)), lambda line: repeat(left(line, 1), length(line))), chr(10)) || 'ææo'
  ),
  'ss', 'ß'), 'ae', 'æ'), 'oe', 'œ');
