-- What rules do: one row per shipped rule that ever fired, and per learned rule of a publisher. publisher_id: NULL for all of them.
with fired as (
  select
    rule_id,
    case when starts_with(rule_id, 'learned-') or $publisher_id::varchar is not null then publisher_id end as publisher_id,
    min(reason) as reason, sum(blocks) as blocks, sum(articles) as articles, max(day) as last_day, min(example) as example
  from rule_firings
  where $publisher_id::varchar is null or publisher_id = $publisher_id::varchar
  group by all
), learned as (
  select rule_id, publisher_id, state, support, articles as looked_at, example
  from learned_rules_current
  where $publisher_id::varchar is null or publisher_id = $publisher_id::varchar
)
select
  coalesce(fired.rule_id, learned.rule_id) as rule_id,
  coalesce(fired.publisher_id, learned.publisher_id) as publisher_id,
  learned.state,
  learned.support,
  learned.looked_at,
  fired.reason,
  coalesce(fired.blocks, 0) as blocks,
  coalesce(fired.articles, 0) as articles,
  fired.last_day,
  coalesce(fired.example, learned.example) as example
from fired
full join learned
  on learned.rule_id = fired.rule_id and learned.publisher_id = fired.publisher_id
order by blocks desc, rule_id, publisher_id;
