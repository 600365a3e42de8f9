-- How much of a sitemap is not taken.

alter table polls add column passed_over integer;
