-- Whether words have all that a search asks for and nothing that it excludes. One pattern after the other, so that each is made once.
create or replace macro search_matches(words, q) as
regexp_matches(words, search_terms(q, false)[1])
and coalesce(regexp_matches(words, search_terms(q, false)[2]), true)
and coalesce(regexp_matches(words, search_terms(q, false)[3]), true)
and coalesce(regexp_matches(words, search_terms(q, false)[4]), true)
and coalesce(regexp_matches(words, search_terms(q, false)[5]), true)
and coalesce(regexp_matches(words, search_terms(q, false)[6]), true)
and not coalesce(regexp_matches(words, nullif(array_to_string(search_terms(q, true), '|'), '')), false);
