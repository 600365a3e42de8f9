-- Articles that were found withdrawn in the window: one row per article, the newest first; withdrawals counts all.
with gone as (
  select article_id, publisher_id, url, title, last_there_at, gone_at, reason, count(*) over () as withdrawals
  from withdrawals
  where gone_at >= $since and gone_at < $until
    and ($publisher_id::varchar is null or publisher_id = $publisher_id)
  order by gone_at desc, article_id
  limit $rows
), languages as (
  select article_id, min(language) as language
  from article_texts
  semi join gone using (article_id)
  group by article_id
)
select
  gone.publisher_id, gone.url, left(gone.title, 300) as title, languages.language, gone.last_there_at, gone.gone_at, gone.reason,
  gone.withdrawals
from gone
left join languages using (article_id)
order by gone.gone_at desc, gone.article_id;
