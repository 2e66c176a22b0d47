// <div data-island="chart">: the script that it needs is loaded where it is used, and nowhere else.
//
// `ISLANDS` has the path of each, put here when this is built: an island is a script of its own and shares no file with
// others, which every page would have to wait for.
import { whenever } from './dom.js'

whenever('[data-island]', async (element) => {
  const path = ISLANDS[element.dataset.island]
  if (!path) return console.error(`no island is called ${element.dataset.island}`)
  const { begin } = await import(path)
  if (element.isConnected) begin(element)
})
