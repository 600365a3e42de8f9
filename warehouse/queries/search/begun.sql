-- Indexed words that begin so, one row per word, the commonest first. ß, æ and œ stand for two letters, of which the beginning may have the first.
select term
from fts_main_search_words.dict
where len(
  list_filter(
    cast($beginnings as varchar[]),
    lambda begun: starts_with(term, begun) or starts_with(term, left(begun, -1) || translate(right(begun, 1), 'sao', 'ßæœ'))
  )
) > 0
order by df desc, term
limit $most;
