"use strict";
// Draws the charts that the page carries as JSON, as SVG, in the colours of the sheet; anew when the theme or the width changes.
(function () {
  const charts = JSON.parse(document.getElementById("charts").textContent);
  const drawn = [];
  const spelled = (value) => value.toLocaleString("en", { maximumFractionDigits: 1 });

  for (const details of document.querySelectorAll("details.numbers")) details.open = false; // open where no script runs

  function colours() {
    const style = getComputedStyle(document.documentElement);
    const colour = (name) => style.getPropertyValue("--" + name).trim();
    return { ink: colour("ink"), soft: colour("soft"), grid: colour("grid"), paper: colour("paper"), line: colour("line"),
             series: ["1", "2", "3", "4"].map((each) => colour("series-" + each)) };
  }

  function option(chart, colour, width) {
    const lying = chart.kind === "bars";
    const single = chart.series.length === 1;
    const narrow = width < 500;
    const few = chart.categories.length <= (narrow ? 8 : 16);
    const said = (value) => spelled(value) + (chart.unit ? " " + chart.unit : "");
    const font = { color: colour.ink, fontSize: 13, fontFamily: "system-ui, sans-serif" };
    const names = {
      type: "category", data: chart.categories, inverse: lying, axisTick: { show: false },
      axisLine: { lineStyle: { color: colour.soft } },
      axisLabel: lying
        ? { ...font, width: Math.min(240, Math.round(width * (narrow ? 0.44 : 0.36))), overflow: "truncate", ellipsis: "…", margin: 10 }
        : { ...font, color: colour.soft, hideOverlap: true, interval: few ? 0 : "auto", rotate: 0,
            width: few ? Math.max(28, Math.floor((width - 60) / chart.categories.length) - 6) : undefined, overflow: few ? "break" : "none" },
    };
    const numbers = {
      type: "value", show: !(lying && single), minInterval: chart.unit ? undefined : 1, splitNumber: narrow ? 3 : 4, max: lying && single ? "dataMax" : undefined,
      axisLabel: { ...font, color: colour.soft, formatter: spelled, hideOverlap: true }, splitLine: { lineStyle: { color: colour.grid } },
    };
    return {
      animation: false, color: colour.series, textStyle: { fontFamily: "system-ui, sans-serif" },
      aria: { enabled: true, label: { description: chart.summary } },
      grid: { left: 4, right: lying && single ? 64 : 12, top: single ? 22 : narrow ? 62 : 40, bottom: 4, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
      legend: single ? { show: false }
        : { top: 0, left: 0, orient: narrow ? "vertical" : "horizontal", itemGap: narrow ? 8 : 18, itemWidth: 14, itemHeight: 14, selectedMode: false, textStyle: { ...font, color: colour.ink } },
      tooltip: { trigger: "axis", renderMode: "richText", confine: true, axisPointer: { type: "shadow", shadowStyle: { opacity: 0.15 } },
                 backgroundColor: colour.paper, borderColor: colour.soft, textStyle: font, valueFormatter: said },
      xAxis: lying ? numbers : names,
      yAxis: lying ? names : numbers,
      series: chart.series.map((series, place) => ({
        type: "bar", name: series.name, data: series.values, stack: chart.stacked ? "all" : undefined, barMaxWidth: lying ? 20 : 48,
        barCategoryGap: lying ? "32%" : "18%", barMinHeight: 0,
        itemStyle: { borderRadius: chart.stacked ? 0 : lying ? [0, 3, 3, 0] : [3, 3, 0, 0],
                     ...(place % 2 ? { decal: { symbol: "rect", color: colour.paper, dashArrayX: [1, 0], dashArrayY: [1.2, 7], rotation: -Math.PI / 4 } } : {}) },
        label: { show: single && (lying || few), position: lying ? "right" : "top", ...font, fontSize: 12, formatter: (it) => (it.value ? said(it.value) : "") },
      })),
    };
  }

  function height(chart) {
    if (chart.kind !== "bars") return 240;
    return chart.categories.length * (chart.series.length > 1 && !chart.stacked ? 40 : 30) + (chart.series.length > 1 ? 90 : 30);
  }

  for (const chart of charts) {
    const place = document.getElementById("chart-" + chart.name);
    place.style.height = height(chart) + "px";
    drawn.push({ chart, place, made: echarts.init(place, null, { renderer: "svg" }) });
  }

  function draw() {
    const colour = colours();
    for (const { chart, place, made } of drawn) {
      made.resize();
      made.setOption(option(chart, colour, place.clientWidth), { notMerge: true });
    }
    document.documentElement.dataset.drawn = String(drawn.length);
  }

  let waiting = 0;
  const later = () => { cancelAnimationFrame(waiting); waiting = requestAnimationFrame(draw); };
  document.addEventListener("themechange", later);
  addEventListener("resize", later);
  matchMedia("print").addEventListener("change", draw);
  draw();
})();
