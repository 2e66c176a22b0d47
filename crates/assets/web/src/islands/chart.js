// A chart of the figures in <script type="application/json">, and the same figures as a table for who does not see it.
//
// { kind: line | bar | stacked | scatter | spark, labels: [], series: [{ name, values: [], shown: [], hrefs: [] }] }: `shown`
// is a value as the server writes it (money, hours), `hrefs` what a point opens. Figures arrive counted.
import { BarChart, LineChart, ScatterChart } from 'echarts/charts'
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'
import { make } from '../dom.js'
import { options } from './chart_options.js'

use([BarChart, LineChart, ScatterChart, AriaComponent, GridComponent, LegendComponent, TooltipComponent, CanvasRenderer])

export function begin(element) {
  const figures = JSON.parse(element.querySelector('script[type="application/json"]').textContent)
  const table = element.querySelector('table') ?? element.appendChild(tableOf(figures))
  // Its links can be reached by keyboard: whatever has the focus is shown.
  // A table is never narrower than its words: it is the box around it that is hidden.
  const box = make('div', { class: 'visually-hidden-focusable' })
  table.replaceWith(box)
  box.append(table)
  const picture = make('div', { class: 'chart-picture', 'aria-hidden': 'true' })
  element.prepend(picture)
  const chart = init(picture, null, { renderer: 'canvas' })
  const draw = () => chart.setOption(options(figures, element), true)
  draw()
  chart.on('click', ({ seriesIndex, dataIndex }) => {
    const href = figures.series[seriesIndex]?.hrefs?.[dataIndex]
    if (href) location.assign(href)
  })
  new ResizeObserver(() => element.isConnected && chart.resize()).observe(picture)
  new MutationObserver(draw).observe(document.documentElement, { attributes: true, attributeFilter: ['data-bs-theme'] })
}

function tableOf({ labels, series }) {
  const head = make('tr', {}, make('td'), ...series.map(({ name }) => make('th', { scope: 'col' }, name)))
  const rows = labels.map((label, at) =>
    make('tr', {}, make('th', { scope: 'row' }, label), ...series.map((each) => make('td', {}, cell(each, at)))),
  )
  return make('table', { class: 'table' }, make('thead', {}, head), make('tbody', {}, ...rows))
}

function cell({ values, shown, hrefs }, at) {
  const text = shown?.[at] ?? String(values[at] ?? '')
  return hrefs?.[at] ? make('a', { href: hrefs[at] }, text) : text
}
