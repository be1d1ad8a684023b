import type { Words } from '../../say';

/** What is wrong with one operation, whatever the format: it stands behind the name of its layer. */
export const operations: Words = {
  'would yield [{shape}], which is too large': '会产生 [{shape}]，过大',
  'has weights of shape [{weights}], which do not fit its input [{input}]':
    '权重形状为 [{weights}]，与其输入 [{input}] 不符',
  'takes away axes of [{shape}] that hold more than one place, or none':
    '去掉 [{shape}] 中含有不止一个位置、或没有位置的轴',
  'puts axis {axis} into [{shape}], which has too few': '把轴 {axis} 插入 [{shape}]，而其轴过少',
  'reads shapes that do not fit: {shapes}': '读取的形状不相符：{shapes}',
  'cuts {rows} x {columns} places out of {height} x {width}; a crop that enlarges cannot be read':
    '从 {height} x {width} 中裁出 {rows} x {columns} 个位置；无法读取使图变大的裁剪',
  'cannot join {shapes} along axis {axis}': '无法沿轴 {axis} 拼接 {shapes}',
  'has a filter of shape [{shape}]': '滤波器形状为 [{shape}]',
  'has a filter of shape [{shape}] in {groups}, which does not fit {channels}':
    '滤波器形状为 [{shape}]，分{groups}，与{channels}不符',
  'has a filter of shape [{shape}], which does not fit {channels}':
    '滤波器形状为 [{shape}]，与{channels}不符',
  'has a filter of shape [{shape}]; only convolutions over pictures can be read':
    '滤波器形状为 [{shape}]；只能读取对图像的卷积',
  'has a bias of shape [{shape}] for {outputs}': '{outputs}的偏置形状为 [{shape}]',
  'has a stride and a dilation at once, which is not supported': '同时有步幅和空洞，不支持',
  'has a kernel of shape [{kernel}], which does not fit its input [{input}]':
    '核形状为 [{kernel}]，与其输入 [{input}] 不符',
  'has a kernel of shape [{shape}]': '核形状为 [{shape}]',
  'cannot part its input [{input}] into {groups} of channels': '无法把输入 [{input}] 的通道分为{groups}',
  'cannot {operation} a single input': '无法对单个输入作 {operation}',
  'cannot {operation} {count} inputs': '无法对 {count} 个输入作 {operation}',
  'needs a feature map, but reads [{shape}]': '需要特征图，却读取 [{shape}]',
  'has a negative padding': '填充为负',
  'reflects more of its input than the {height} x {width} it has': '反射填充超出其输入的 {height} x {width}',
  'cannot reduce axes [{axes}] of [{shape}]': '无法归约 [{shape}] 的轴 [{axes}]',
  'cannot bring [{input}] into shape [{shape}]': '无法把 [{input}] 变为形状 [{shape}]',
  'resizes its input to {height} x {width}': '把输入缩放为 {height} x {width}',
  'cuts more than there is of its input [{input}]': '裁剪超出其输入 [{input}]',
  'cannot bring the axes of [{shape}] into the order [{order}]': '无法把 [{shape}] 的轴变为顺序 [{order}]',
  'has an output padding that does not fit its stride': '输出填充与其步幅不符',
  'has a window of {window} that does not fit into {size}': '窗口 {window} 放不进 {size}',
  'has a table of shape [{shape}]': '表的形状为 [{shape}]',
  'cannot repeat [{input}] to [{shape}]': '无法把 [{input}] 重复为 [{shape}]',
  'picks places of axis {axis} that [{shape}] does not have': '在轴 {axis} 上选取 [{shape}] 所没有的位置',
  'multiplies [{one}] with [{other}], which are no matrices': '把 [{one}] 与 [{other}] 相乘，二者不是矩阵',
  'multiplies matrices of {rows} x {depth} and {height} x {columns}':
    '把 {rows} x {depth} 与 {height} x {columns} 的矩阵相乘',
  'reads [{shape}] at places [{places}]': '在位置 [{places}] 读取 [{shape}]',
  'chooses {count} of {length}': '从 {length} 个中选取 {count} 个',
  'picks places of [{places}] from [{shape}]': '从 [{shape}] 选取 [{places}] 的位置',
  'has weights of shapes [{kernel}] and [{recurrent}], which do not fit its input [{input}]':
    '权重形状为 [{kernel}] 和 [{recurrent}]，与其输入 [{input}] 不符',
  '[{one}] and [{other}]': '[{one}] 和 [{other}]',
  'cannot join shapes [{one}] and [{other}]': '无法拼接形状 [{one}] 和 [{other}]',
  'cannot join shapes [{shape}]': '无法拼接形状 [{shape}]',
  'takes its input {number} from the picture': '第 {number} 个输入取自图像',
  'lacks its input {number}': '缺少第 {number} 个输入',
  'is dilated, which is not supported': '带空洞，不支持',
  'turns its input, which is not read': '转置其输入，无法读取',
};
