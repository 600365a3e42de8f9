-- Pairs of texts with sampled shingles in common: a staged one, not stored yet, and one of another article, staged or stored, first seen at
-- most so many days apart.
with staged_days as (
  select min(first_seen_date) - $window_days as earliest, max(first_seen_date) + $window_days as latest
  from staged
), others as (
  select article_id, content_hash, first_seen_date, sampled
  from staged
  union all
  select article_id, content_hash, first_seen_date, sampled
  from text_signatures
  where first_seen_date between (select earliest from staged_days) and (select latest from staged_days)
), asked as (
  select article_id, content_hash, first_seen_date, unnest(sampled) as shingle
  from staged
), known as (
  select article_id, content_hash, first_seen_date, unnest(sampled) as shingle
  from others
)
select asked.article_id, asked.content_hash, known.article_id as other_article_id, known.content_hash as other_content_hash
from asked
join known
  on known.shingle = asked.shingle
  and known.article_id <> asked.article_id
  and known.first_seen_date between asked.first_seen_date - $window_days and asked.first_seen_date + $window_days
group by all
having count(*) >= $least_shared
order by all;
