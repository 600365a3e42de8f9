-- What did cleaning remove, by which rule, and what did it look like?
select rule_id, min(reason) as reason, sum(blocks) as blocks, count(distinct publisher_id) as publishers, min(example) as example
from boilerplate_removed
group by rule_id
order by blocks desc, rule_id;
