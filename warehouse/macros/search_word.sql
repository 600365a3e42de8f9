-- A pattern for a word: letter by letter, two letters for one where they are written so (ß, æ, œ).
create or replace macro search_word(word) as
replace(replace(replace(
  array_to_string(list_transform(string_split(rtrim(word, '*'), ''), lambda letter: search_letter(letter)), ''),
  search_letter('ß'), '(?:ß|' || search_letter('s') || search_letter('s') || ')'),
  search_letter('æ'), '(?:[æǣǽ]|' || search_letter('a') || search_letter('e') || ')'),
  search_letter('œ'), '(?:œ|' || search_letter('o') || search_letter('e') || ')');
