-- What is indexed of each article as it stands now, one row per article: its words as search() compares them, those of the headline three times.
-- Where words have no spaces between them (search_spaceless) each pair of letters is one, and the last letter of a row of them. Arabic words
-- stand there without their usual prefixes as well, as search_phrase() finds them.
create or replace table search_words as
with folded as (
  select article_id, search_folded(concat_ws(' ', title, title, title, "text")) as words
  from articles_current
)
select
  article_id,
  concat_ws(
    ' ',
    regexp_replace(words, '([' || search_spaceless() || ']{1,2})', ' \1 ', 'g'),
    case when regexp_matches(words, '[' || search_spaceless() || ']') then array_to_string(
      regexp_extract_all(
        regexp_replace(words, '(^|[^' || search_spaceless() || '])[' || search_spaceless() || ']', '\1 ', 'g'),
        '[' || search_spaceless() || ']{1,2}'
      ),
      ' '
    ) end,
    case when regexp_matches(words, '\p{Arabic}') then array_to_string(
      regexp_extract_all(words, '(?:^|[^\pL\pM\pN])(?:[وفبك]?ال|لل|و)(\p{Arabic}{3,})', 1),
      ' '
    ) end
  ) as words
from folded
order by article_id;
