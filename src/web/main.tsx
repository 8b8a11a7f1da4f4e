import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { foreseePage } from './app/foresee-page.ts';
import './styles/tokens.css';
import './styles/reset.css';

foreseePage(location);
const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no place for the page');
createRoot(root).render(<App />);
