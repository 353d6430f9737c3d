import type { ConfigProviderProps } from 'antd'
import english from 'antd/es/locale/en_GB.js'
import chinese from 'antd/es/locale/zh_CN.js'

type AntdLocale = NonNullable<ConfigProviderProps['locale']>

/** Texts inside the parts of Ant Design; its types say CommonJS, its files are modules. */
export const antdLocales = {
  zh: chinese as unknown as AntdLocale,
  en: english as unknown as AntdLocale,
} as const
