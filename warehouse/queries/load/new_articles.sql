-- Staged articles that are not there yet, for what is loaded with them.
create or replace temp table new_articles as
select article_id
from staged
anti join (
  select article_id
  from articles
  semi join staged using (article_id)
) as stored using (article_id);
