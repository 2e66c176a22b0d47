// What ECharts is asked to draw, in the colours of the theme that is in force.

const COLOURS = ['--chart-1', '--chart-2', '--chart-3', '--chart-4', '--chart-5', '--chart-6']

export function options(figures, element) {
  const colour = (name) => colourOf(element, name)
  const isSpark = figures.kind === 'spark'
  const text = { color: colour('--chart-text'), fontFamily: getComputedStyle(element).fontFamily, fontSize: 12 }
  return {
    animation: !matchMedia('(prefers-reduced-motion: reduce)').matches,
    animationDuration: 200,
    color: COLOURS.map(colour),
    textStyle: text,
    grid: isSpark ? { left: 2, right: 2, top: 4, bottom: 4 } : { left: 8, right: 12, top: figures.series.length > 1 ? 36 : 12, bottom: 8, containLabel: true },
    legend: { show: !isSpark && figures.series.length > 1, top: 0, left: 0, itemWidth: 12, itemHeight: 8, textStyle: text },
    // Drawn on the canvas: the page allows no style in HTML.
    tooltip: tooltip(figures, colour, text),
    ...axes(figures, colour, text, isSpark),
    series: figures.series.map((each) => series(figures.kind, each)),
  }
}

/** A variable holds both themes' colours; only where it is used it is one of them. */
function colourOf(element, name) {
  element.style.setProperty('outline-color', `var(${name})`)
  const colour = getComputedStyle(element).outlineColor
  element.style.removeProperty('outline-color')
  return colour
}

function tooltip(figures, colour, text) {
  return {
    trigger: figures.kind === 'scatter' ? 'item' : 'axis',
    renderMode: 'richText',
    confine: true,
    backgroundColor: colour('--chart-surface'),
    borderColor: colour('--chart-line'),
    textStyle: text,
    formatter: (points) => {
      const all = [points].flat()
      const lines = all.map(({ seriesIndex, dataIndex, seriesName }) => `${seriesName}  ${shown(figures.series[seriesIndex], dataIndex)}`)
      return [figures.labels[all[0].dataIndex], ...lines].join('\n')
    },
  }
}

const shown = ({ values, shown }, at) => shown?.[at] ?? String(values[at] ?? '–')

function axes(figures, colour, text, isSpark) {
  const line = { lineStyle: { color: colour('--chart-line') } }
  const label = { ...text, hideOverlap: true }
  const xAxis = { type: figures.kind === 'scatter' ? 'value' : 'category', show: !isSpark, axisLine: line, axisTick: { show: false }, axisLabel: label, splitLine: { show: false } }
  if (xAxis.type === 'category') Object.assign(xAxis, { data: figures.labels, boundaryGap: figures.kind !== 'line' && !isSpark })
  const yAxis = { type: 'value', show: !isSpark, scale: isSpark, axisLabel: label, splitLine: line }
  return { xAxis, yAxis }
}

function series(kind, { name, values, hrefs }) {
  const isLine = kind === 'line' || kind === 'spark'
  return {
    name,
    data: values,
    type: isLine ? 'line' : kind === 'scatter' ? 'scatter' : 'bar',
    stack: kind === 'stacked' ? 'all' : undefined,
    symbol: isLine && !hrefs ? 'none' : 'circle',
    symbolSize: 6,
    barMaxWidth: 28,
    lineStyle: { width: 2 },
    areaStyle: kind === 'spark' ? { opacity: 0.12 } : undefined,
    cursor: hrefs ? 'pointer' : 'default',
    emphasis: { focus: 'series' },
  }
}
