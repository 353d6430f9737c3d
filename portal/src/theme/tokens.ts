/* Visual language: the values of the portal's tokens for Ant Design; the same stand in theme.css for our own parts. */
import type { ThemeConfig } from 'antd'

const FONT =
  '"PingFang SC","HarmonyOS Sans SC","MiSans","Microsoft YaHei UI","Microsoft YaHei",' +
  '"Source Han Sans SC","Noto Sans CJK SC","Plangothic P1",sans-serif'

/** Theme of Ant Design. Its styles are extracted when the portal is built: a strict policy admits no others. */
export const antdTheme: ThemeConfig = {
  cssVar: { key: 'renshe', prefix: 'ant' },
  hashed: false,
  token: {
    colorPrimary: '#1b5e8c',
    colorSuccess: '#1c7556',
    colorWarning: '#c98500',
    colorError: '#b3352c',
    colorInfo: '#1b5e8c',
    colorLink: '#1b5e8c',
    colorTextBase: '#17212b',
    colorTextPlaceholder: '#66717c',
    colorBgLayout: '#f6f6f2',
    colorBorder: '#868f96',
    colorBorderSecondary: '#e2e5e1',
    borderRadius: 8,
    borderRadiusLG: 10,
    fontSize: 14,
    controlHeight: 36,
    wireframe: false,
    fontFamily: FONT,
    boxShadowSecondary: '0 6px 24px rgba(23,33,43,.14)',
  },
}

/** Colours of the parties, in flows only and always with the party's name. */
export const PARTY_COLOURS = {
  employer: '#9a5b2f',
  trustee: '#1b5e8c',
  accountManager: '#23777f',
  custodian: '#5563b0',
  investmentManagers: '#7a4e8e',
  bank: '#6e6a5e',
  supervisor: '#8c2f39',
} as const
