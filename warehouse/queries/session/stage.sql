-- Lent Arrow rows as a table of this session: DuckDB 1.5 cannot push a filter on a uuid down into Arrow, and fails where a plan tries to.
create or replace temp table staged as
select *
from lent;
