-- Decisions of people in force that concern an article or its publisher's rules, newest first.
select made_at, made_by, action, rule_id, publisher_id, block_hash, example, why
from overrides_current
where article_id = $article_id
  or (rule_id is not null and (publisher_id is null or publisher_id = $publisher_id))
order by made_at desc, override_id;
