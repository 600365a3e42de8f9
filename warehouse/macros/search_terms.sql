-- What a search asks for: a list of patterns, one per word or "phrase"; is_excluded: of those with a minus sign before them, else of the others.
create or replace macro search_terms(q, is_excluded) as
list_transform(
  list_filter(
    list_transform(
      search_asked(q, is_excluded),
      lambda term: list_transform(
        regexp_extract_all(term, '[\pL\pM\pN\x{ad}\x{200c}\x{200d}]+\*?'),
        lambda word: search_folded(word)
      )
    ),
    lambda words: len(words) > 0 and words[1] not in ('', '*')
  ),
  lambda words: search_phrase(words)
);
