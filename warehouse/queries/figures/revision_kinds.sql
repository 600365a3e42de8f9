-- Their kinds: one row per gravest kind of a change, the gravest first; NULL: not compared yet.
select
  kind,
  count(*) as revisions,
  count(distinct article_id) as articles,
  count(distinct publisher_id) as publishers
from revisions
where seen_at >= $since and seen_at < $until
  and ($publisher_id::varchar is null or publisher_id = $publisher_id)
group by kind
order by list_position(['correction', 'deletion', 'figures', 'headline', 'addition', 'minor'], kind) nulls last;
