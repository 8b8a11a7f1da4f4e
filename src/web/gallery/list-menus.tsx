import { Menu } from '@base-ui/react/menu';
import { ArrowDownNarrowWide, ArrowUpNarrowWide, LayoutDashboard, LayoutGrid, Rows3 } from 'lucide-react';
import {
  layouts,
  sortFields,
  usualDirection,
  type LayoutName,
  type ListOrder,
  type SortField,
  type ViewChange,
} from '../list/view.ts';
import { IconButton } from '../ui/button.tsx';
import menu from '../ui/menu.module.css';
import { texts } from '../words/texts.ts';

interface MenuProps {
  onChange: (change: ViewChange, options?: { replace?: boolean }) => void;
}

const layoutIcons = { grid: <LayoutGrid />, wall: <LayoutDashboard />, table: <Rows3 /> };

/** Grid, wall or table. */
export function LayoutMenu({ layout, onChange }: MenuProps & { layout: LayoutName }) {
  return (
    <Menu.Root>
      <Menu.Trigger render={<IconButton label={texts.bar.layout} shortcut="layout" icon={layoutIcons[layout]} />} />
      <Menu.Portal>
        <Menu.Positioner className={menu.positioner} align="end" sideOffset={4}>
          <Menu.Popup className={menu.popup}>
            <Menu.RadioGroup
              value={layout}
              onValueChange={(value: LayoutName) => onChange({ view: value }, { replace: true })}
            >
              {layouts.map((name) => (
                <Menu.RadioItem key={name} value={name} className={menu.item} closeOnClick>
                  {texts.bar.layouts[name]}
                  <Menu.RadioItemIndicator className={menu.mark}>✓</Menu.RadioItemIndicator>
                </Menu.RadioItem>
              ))}
            </Menu.RadioGroup>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

/** By what a list is ordered, and from which end. */
export function SortMenu({ order, onChange }: MenuProps & { order: ListOrder }) {
  const Icon = order.direction === 'ASC' ? ArrowDownNarrowWide : ArrowUpNarrowWide;
  const choose = (sort: SortField) =>
    onChange({
      sort,
      dir: usualDirection(sort),
      seed: sort === 'RANDOM' ? Math.floor(Math.random() * 2 ** 31) : undefined,
    });
  return (
    <Menu.Root>
      <Menu.Trigger
        render={<IconButton label={`${texts.bar.sort}: ${texts.bar.sorts[order.field]}`} icon={<Icon />} />}
      />
      <Menu.Portal>
        <Menu.Positioner className={menu.positioner} align="end" sideOffset={4}>
          <Menu.Popup className={menu.popup}>
            <Menu.RadioGroup value={order.field} onValueChange={choose}>
              {sortFields.map((field) => (
                <Menu.RadioItem key={field} value={field} className={menu.item} closeOnClick>
                  {texts.bar.sorts[field]}
                  <Menu.RadioItemIndicator className={menu.mark}>✓</Menu.RadioItemIndicator>
                </Menu.RadioItem>
              ))}
            </Menu.RadioGroup>
            <Menu.Separator className={menu.separator} />
            <Menu.RadioGroup
              value={order.direction}
              onValueChange={(dir: ListOrder['direction']) => onChange({ sort: order.field, dir })}
            >
              {(['ASC', 'DESC'] as const).map((direction) => (
                <Menu.RadioItem key={direction} value={direction} className={menu.item} closeOnClick>
                  {direction === 'ASC' ? texts.bar.ascending : texts.bar.descending}
                  <Menu.RadioItemIndicator className={menu.mark}>✓</Menu.RadioItemIndicator>
                </Menu.RadioItem>
              ))}
            </Menu.RadioGroup>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
