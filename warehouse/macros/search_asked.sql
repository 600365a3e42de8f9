-- The words and "phrases" of a search, as they were written; is_excluded: those with a minus sign before them, else the others.
create or replace macro search_asked(q, is_excluded) as
list_filter(
  regexp_extract_all(translate(q, '“”„«»−', '"""""-'), '-?"[^"]*"?|\S+'),
  lambda term: starts_with(term, '-') = is_excluded
);
