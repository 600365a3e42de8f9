-- What a search asks the index for: one row. tokens: words as they are indexed; beginnings: of words that were not written to their end, as
-- word* or one letter of a script without spaces; is_exact: whether the index knows all that is asked. Fails as search() does where there are
-- no words, or too many.
with written as (
  select search_folded(array_to_string(search_asked($words, false), ' ')) as words
), parts as (
  select
    regexp_extract_all(regexp_replace(words, '[' || search_spaceless() || ']+', ' ', 'g'), '[\pL\pM\pN]+\*?') as words,
    regexp_extract_all(words, '[' || search_spaceless() || ']+') as spaceless
  from written
)
select
  list_filter(words, lambda word: not ends_with(word, '*')) || flatten(
    list_transform(spaceless, lambda letters: list_transform(range(1, length(letters)), lambda place: substring(letters, place, 2)))
  ) as tokens,
  list_transform(list_filter(words, lambda word: ends_with(word, '*')), lambda word: rtrim(word, '*'))
  || list_filter(spaceless, lambda letters: length(letters) = 1) as beginnings,
  regexp_full_match($words, '[\p{Latin}\p{Greek}\p{Cyrillic}0-9\s]+') as is_exact
from parts
where case
  when search_terms($words, false)[1] is null or search_terms($words, false)[7] is not null
    then cast(error('search for one to six words; put words that follow each other in quotes') as boolean)
  else true
end;
