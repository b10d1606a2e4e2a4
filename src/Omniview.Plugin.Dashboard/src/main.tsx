import { render } from 'preact';
import { connect } from './connection/connection';
import { takeToken } from './host/login';
import { listenToKeys } from './keyboard/shortcuts';
import { App } from './page/App';
import { keepInAddress, readAddress } from './page/selection';
import { keepTitle } from './page/title';
import { measure } from './plugins/usage';
import './styles/page.css';

takeToken();
keepInAddress();
const retry = connect();
addEventListener('hashchange', () => {
  const isLink = takeToken(); // another link, in the tab that shows the dashboard already
  readAddress();
  if (isLink) {
    retry();
  }
});
keepTitle();
listenToKeys();
measure();
render(<App retry={retry} />, document.body);
