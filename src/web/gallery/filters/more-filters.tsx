import { countFilters, type View, type ViewChange } from '../../list/view.ts';
import { proxyStates } from '../../list/view-parameters.ts';
import { texts } from '../../words/texts.ts';
import { Choices, DayField, Group, RangeField, TextField, Toggle } from './filter-fields.tsx';
import styles from './filter-menu.module.css';

interface MoreFiltersProps {
  view: View;
  onChange: (change: ViewChange) => void;
}

/** What few narrow a list by: folded away, unless it is in force. */
export function MoreFilters({ view, onChange }: MoreFiltersProps) {
  const { bar } = texts;
  const { added, dup, gone, gps, h, len, lens, missed, proxy, size, w } = view;
  const isInForce = countFilters({ added, dup, gone, gps, h, in: view.in, len, lens, missed, proxy, size, w }) > 0;
  const flip = (name: 'gps' | 'dup', value: boolean) => onChange({ [name]: view[name] === value ? undefined : value });
  return (
    <details className={styles.more} open={isInForce}>
      <summary>{bar.more}</summary>
      <div className={styles.groups}>
        <RangeField
          key={`len ${len}`}
          label={bar.length}
          unit={bar.minutes}
          factor={60}
          value={len}
          onPick={(range) => onChange({ len: range })}
        />
        <RangeField
          key={`size ${size}`}
          label={bar.size}
          unit={bar.megabytes}
          factor={1e6}
          value={size}
          onPick={(range) => onChange({ size: range })}
        />
        <RangeField
          key={`w ${w}`}
          label={bar.width}
          unit={bar.pixels}
          value={w}
          onPick={(range) => onChange({ w: range })}
        />
        <RangeField
          key={`h ${h}`}
          label={bar.height}
          unit={bar.pixels}
          value={h}
          onPick={(range) => onChange({ h: range })}
        />
        <TextField
          key={`in ${view.in}`}
          label={bar.folder}
          hint={bar.folderHint}
          value={view.in}
          onPick={(folder) => onChange({ in: folder })}
        />
        <TextField
          key={`lens ${lens}`}
          label={texts.details.lens}
          hint={bar.lensHint}
          value={lens}
          onPick={(name) => onChange({ lens: name })}
        />
        <Group title={bar.place}>
          <Toggle isOn={gps === true} onClick={() => flip('gps', true)}>
            {bar.placed}
          </Toggle>
          <Toggle isOn={gps === false} onClick={() => flip('gps', false)}>
            {bar.unplaced}
          </Toggle>
        </Group>
        <Group title={bar.copies}>
          <Toggle isOn={dup === true} onClick={() => flip('dup', true)}>
            {bar.copied}
          </Toggle>
          <Toggle isOn={dup === false} onClick={() => flip('dup', false)}>
            {bar.single}
          </Toggle>
        </Group>
        <Choices
          title={bar.proxy}
          choices={proxyStates.map((value) => ({ value, count: null }))}
          chosen={proxy === undefined ? [] : [proxy]}
          isSingle
          nameOf={(state) => bar.proxies[state as keyof typeof bar.proxies]}
          onChoose={([state] = []) => onChange({ proxy: state } as ViewChange)}
        />
        <div className={styles.days}>
          <DayField key={`added ${added}`} label={bar.added} value={added} onPick={(day) => onChange({ added: day })} />
          <DayField
            key={`missed ${missed}`}
            label={bar.missed}
            value={missed}
            onPick={(day) => onChange({ missed: day })}
          />
          <DayField key={`gone ${gone}`} label={bar.gone} value={gone} onPick={(day) => onChange({ gone: day })} />
        </div>
      </div>
    </details>
  );
}
