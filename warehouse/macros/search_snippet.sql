-- The part of a text around the first match of a pattern, in one line; its beginning where nothing matches.
create or replace macro search_snippet(words, pattern) as
search_excerpt(words, greatest(1, strpos(words, coalesce(regexp_extract(words, pattern), '')) - 80));
