/* Styles of Ant Design as one static file: components inject nothing at run time, so that the policy can be strict. */
import { fileURLToPath } from 'node:url'
import { createCache, extractStyle, StyleProvider } from '@ant-design/cssinjs'
import {
  Alert,
  Button,
  Checkbox,
  ConfigProvider,
  DatePicker,
  Drawer,
  Dropdown,
  Input,
  InputNumber,
  Modal,
  Progress,
  Radio,
  Select,
  Skeleton,
  Steps,
  Switch,
  Tabs,
  Tag,
  Tooltip,
  Upload,
} from 'antd'
import { createElement, Fragment, type ReactElement } from 'react'
import { renderToString } from 'react-dom/server'
import type { Plugin } from 'vite'
import { antdTheme } from '../src/theme/tokens.ts'

const ID = 'virtual:antd.css'

/** Components that the portal may use: what is not here has no styles. */
function everyComponent(): ReactElement[] {
  const inside = { getContainer: false as const, open: true }
  return [
    createElement(Alert, { title: 'x', type: 'info' }),
    createElement(Button, { type: 'primary', children: 'x' }),
    createElement(Button, { loading: true, children: 'x' }),
    createElement(Checkbox.Group, { options: ['x'] }),
    createElement(DatePicker),
    createElement(DatePicker.RangePicker),
    createElement(Drawer, { ...inside, children: 'x' }),
    createElement(Dropdown, {
      menu: { items: [{ key: 'x', label: 'x' }] },
      children: createElement('button', { type: 'button' }),
    }),
    createElement(Input),
    createElement(Input.TextArea),
    createElement(Input.Search),
    createElement(InputNumber),
    createElement(Modal, { ...inside, children: 'x' }),
    createElement(Progress, { percent: 1 }),
    createElement(Radio.Group, { options: ['x'] }),
    createElement(Select, { options: [{ value: 'x' }] }),
    createElement(Skeleton),
    createElement(Steps, { items: [{ title: 'x' }] }),
    createElement(Switch),
    createElement(Tabs, { items: [{ key: 'x', label: 'x' }] }),
    createElement(Tag, { children: 'x' }),
    createElement(Tooltip, { title: 'x', children: createElement('i') }),
    createElement(Upload, { fileList: [] }),
  ]
}

function extracted(): string {
  const cache = createCache()
  renderToString(
    createElement(
      StyleProvider,
      { cache },
      createElement(ConfigProvider, {
        theme: antdTheme,
        children: createElement(Fragment, null, ...everyComponent()),
      }),
    ),
  )
  return extractStyle(cache, { plain: true })
}

/** The module of rc-util that makes style elements. */
const STYLE_MAKER = '/@rc-component/util/es/Dom/dynamicCSS.js'
const ADOPTED = fileURLToPath(new URL('../src/theme/adopted-styles.ts', import.meta.url))

/** Serves `virtual:antd.css`, and keeps style elements out of the page. */
export function antdStyles(): Plugin {
  return {
    name: 'antd-styles',
    enforce: 'pre',
    resolveId: (id) => (id === ID ? `\0${ID}` : null),
    load: (id) => {
      if (id === `\0${ID}`) return extracted()
      return id.endsWith(STYLE_MAKER) ? `export * from ${JSON.stringify(ADOPTED)}` : null
    },
  }
}
