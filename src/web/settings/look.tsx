import { useState } from 'react';
import { chooseLayout, chooseZoom, chosenLayout, usualZoom } from '../gallery/usual-look.ts';
import { layouts, zoomSteps, type LayoutName } from '../list/view.ts';
import { Choice, Field } from '../ui/field.tsx';
import { Part } from '../ui/sheet.tsx';
import { currentTheme, setTheme, themes } from '../ui/theme.ts';
import { settingsTexts } from '../words/settings.ts';
import { texts } from '../words/texts.ts';

/** The theme, and how lists look where their address does not say. */
export function Look() {
  const [theme, showTheme] = useState(currentTheme);
  const [layout, showLayout] = useState<LayoutName | 'category'>(() => chosenLayout() ?? 'category');
  const [zoom, showZoom] = useState(usualZoom);
  return (
    <Part title={settingsTexts.look} lead={settingsTexts.browser}>
      <Choice
        label={texts.account.theme}
        value={theme}
        values={themes}
        nameOf={(name) => texts.account.themes[name]}
        onChange={(name) => {
          setTheme(name);
          showTheme(name);
        }}
      />
      <Choice
        label={settingsTexts.layout}
        value={layout}
        values={['category', ...layouts] as const}
        nameOf={(name) => settingsTexts.layouts[name]}
        onChange={(name) => {
          chooseLayout(name === 'category' ? null : name);
          showLayout(name);
        }}
      />
      <Field label={settingsTexts.zoom}>
        <input
          type="range"
          min={0}
          max={zoomSteps - 1}
          value={zoom}
          aria-valuetext={settingsTexts.zoomAt(zoom + 1, zoomSteps)}
          onChange={({ target }) => {
            chooseZoom(Number(target.value));
            showZoom(Number(target.value));
          }}
        />
      </Field>
    </Part>
  );
}
