-- What was learned of publishers, from all of their articles: one row each. Written last.
insert into learning_states (publisher_id, learned_id, snapshot_id, articles, learned_at, is_followed)
select publisher_id, learning_of(publisher_id), snapshot_of(publisher_id), count(*), getvariable('until') - interval 1 hour, true
from articles
group by publisher_id;
