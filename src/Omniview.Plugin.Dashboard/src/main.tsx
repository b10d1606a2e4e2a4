import { render } from 'preact';
import { connect } from './connection/connection';
import { listenToKeys } from './keyboard/shortcuts';
import { App } from './page/App';
import { keepInAddress } from './page/selection';
import { keepTitle } from './page/title';
import { measure } from './plugins/usage';
import './styles/page.css';

keepInAddress();
const retry = connect();
keepTitle();
listenToKeys();
measure();
render(<App retry={retry} />, document.body);
