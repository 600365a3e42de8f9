-- What a page says about text and data mining, and which addresses led to it.

alter table pages add column opt_outs varchar[];
alter table pages add column redirects varchar[];
