import type { Words } from '../../say';

/** What is said of studies, searches and trainings that cannot be opened or cannot go on. */
export const runs: Words = {
  'The architecture tells {classes} apart, but the pictures have {count}.':
    '该架构区分{classes}，而图像有 {count} 个类别。',
  'There is no search to merge.': '没有可合并的搜索。',
  '{one} is of another search than {other}: options, architecture, recipe and pictures must be the same.':
    '{one} 与 {other} 不是同一搜索：选项、架构、训练方案和图像必须相同。',
  '{part} is in {one} and in {other}: each part once.':
    '{part} 同时在 {one} 和 {other} 中：每个部分只能出现一次。',
  '{name} names {share} % right in {one}, but {share2} % in {other}, so that their runs were judged differently: run all parts of a seed on machines of one kind.':
    '{name} 在 {one} 中识别正确 {share} %，在 {other} 中为 {share2} %，因此两次运行的评判不同：请在同类机器上运行同一种子的所有部分。',
  'This file holds no search.': '此文件不含搜索。',
  'This search was saved in version {version} of the format; versions 1 and {own} can be opened here. Open it with a newer Supersign.':
    '此搜索以格式版本 {version} 保存；此处可打开版本 1 和 {own}。请用更新的 Supersign 打开。',
  'The search is damaged at {where}: {reason}.': '搜索在 {where} 处已损坏：{reason}。',
  'The search is damaged at its root: {reason}.': '搜索的根部已损坏：{reason}。',
  'The search is damaged: two networks are called {name}.': '搜索已损坏：有两个网络都名为 {name}。',
  'The search is damaged: {name} comes from {parent}, which is not in it.':
    '搜索已损坏：{name} 来自 {parent}，而后者不在其中。',
  'The search is damaged: {name} is not what {parent} becomes without the filters that it names.':
    '搜索已损坏：{name} 不是 {parent} 去掉所列滤波器之后的样子。',
  'The search is damaged: {reason}.': '搜索已损坏：{reason}。',
  'Choose a file saved with "Save search".': '请选择用“保存搜索”保存的文件。',
  'The search tells apart {classes}, but these pictures are of {others}.':
    '该搜索区分 {classes}，而这些图像属于 {others}。',
  'The weights of {name} are not held any more.': '{name} 的权重已不再保存。',
  'The search cannot go on from {name}: its weights are missing. Open a search that was saved with its weights, or begin anew.':
    '搜索无法从 {name} 继续：缺少其权重。请打开连同权重保存的搜索，或重新开始。',
  'Invalid type: Expected {expected} but received {received}': '类型无效：应为 {expected}，得到 {received}',
  'Invalid key: Expected {expected} but received {received}': '键无效：应为 {expected}，得到 {received}',
  'This checkpoint is no JSON, or it breaks off.': '此检查点不是 JSON，或不完整。',
  'This is no checkpoint of a training: {where}, {reason}.': '这不是训练的检查点：{where}，{reason}。',
  'This is no checkpoint of a training: its root, {reason}.': '这不是训练的检查点：根部，{reason}。',
  'The checkpoint is damaged: {reason}.': '检查点已损坏：{reason}。',
  'The plan leaves {name} by itself.': '计划中 {name} 没有连接。',
  'Training stopped after epoch {epoch}: the held-out loss has not fallen for {epochs}. The weights of epoch {best} are taken.':
    '训练在第 {epoch} 轮后停止：留出损失已有{epochs}没有下降。采用第 {best} 轮的权重。',
  '{title} tells {classes} apart, but the pictures have {count}: set the number of classes to {count2}.':
    '{title} 区分{classes}，而图像有 {count} 个：请把类别数设为 {count2}。',
  '{title} reads pictures of {side} pixels a side, but they are {own}.':
    '{title} 读取边长 {side} 像素的图像，而图像为 {own}。',
  'A convolution has no filter.': '有一个卷积没有滤波器。',
  'This table is no Supersign study: it has no column "study". Choose a file saved with "Save study", or tables of studies put together with all their columns.':
    '此表不是 Supersign 研究：没有列“study”。请选择用“保存研究”保存的文件，或由研究的表连同所有列合并而成的表。',
  'The column "study" of this table is damaged.': '此表的列“study”已损坏。',
  'The rows of this table belong to studies with different settings or networks. Open them one by one, and compare them here.':
    '此表的行属于设置或网络不同的研究。请逐一打开，再在此处比较。',
  'Row {row} of this table names no picture.': '此表第 {row} 行没有写明图像。',
  'Row {row} of this table is of no class or layer of the study.':
    '此表第 {row} 行不属于研究的任何类别或层。',
  'This Parquet file is packed in a way that cannot be undone here ({why}). Write it with Snappy or without packing.':
    '此 Parquet 文件的压缩方式此处无法解开（{why}）。请用 Snappy 或不压缩写出。',
  'This Parquet file is damaged ({why}). Save the study again.':
    '此 Parquet 文件已损坏（{why}）。请重新保存研究。',
  'This is no Supersign study: it does not say that it is one. Choose a file saved with "Save study".':
    '这不是 Supersign 研究：它没有注明。请选择用“保存研究”保存的文件。',
  'This is no Supersign study: it says it is {what}. Choose a file saved with "Save study".':
    '这不是 Supersign 研究：它注明的是 {what}。请选择用“保存研究”保存的文件。',
  'images[{row}] is of class {index}, but there are only {labels}.':
    'images[{row}] 属于类别 {index}，而只有{labels}。',
  'Its numbers have no column "{name}".': '其数值没有列“{name}”。',
  'The column "{name}" holds {numbers}, but there are {count} of pictures, classes and layers.':
    '列“{name}”含{numbers}，而图像、类别与层共有 {count} 个组合。',
  '{name} is {value}, expected {expected}.': '{name} 为 {value}，应为 {expected}。',
  '{name} is missing. Save the study again.': '缺少 {name}。请重新保存研究。',
  '{name} is {value}, expected {expected}. Save the study again.':
    '{name} 为 {value}，应为 {expected}。请重新保存研究。',
  'Save the study again.': '请重新保存研究。',
  'The study goes on on {backend}.': '研究在 {backend} 上继续。',
  'The network has no class {index}, which "{name}" is to be of.':
    '网络没有类别 {index}，而“{name}”应属于它。',
  'Trust is to be measured, and nobody is there to ask.': '要测量可信度，但没有人可询问。',
  '{missing} of {pictures} of "{name}" is not among these, or has another size. Drop the same folder or archive as before.':
    '“{name}”的{pictures}中有 {missing} 张不在这些文件之中，或大小不同。请拖放与之前相同的文件夹或压缩包。',
  '{missing} of {pictures} of "{name}" are not among these, or have another size. Drop the same folder or archive as before.':
    '“{name}”的{pictures}中有 {missing} 张不在这些文件之中，或大小不同。请拖放与之前相同的文件夹或压缩包。',
  'The results of {images} are not kept yet.': '{images}的结果尚未保存。',
  'The study is on its way to the disk.': '研究正在写入磁盘。',
  'The weight {name} of this architecture is missing.': '缺少此架构的权重 {name}。',
  'The weight {name} has the shape [{shape}] instead of [{expected}], as the architecture asks.':
    '权重 {name} 的形状为 [{shape}]，而架构要求 [{expected}]。',
  'Dropout must be at least 0 and less than 1; {name} asks for {value}.':
    'Dropout 须不小于 0 且小于 1；{name} 要求 {value}。',
  'A block has no name.': '有一个块没有名称。',
  'Two layers are called "{name}": every block needs a name of its own.':
    '有两层都名为“{name}”：每个块都需要自己的名称。',
  '{pictures} of {side} pixels a side takes {size} MB; at most {most} MB can be held. Take smaller pictures or fewer.':
    '边长 {side} 像素的{pictures}占 {size} MB；最多能容纳 {most} MB。请使用更小或更少的图像。',
  '{pictures} of {side} pixels a side take {size} MB; at most {most} MB can be held. Take smaller pictures or fewer.':
    '边长 {side} 像素的{pictures}占 {size} MB；最多能容纳 {most} MB。请使用更小或更少的图像。',
  'The only picture cannot be read; {reason}': '唯一的图像无法读取；{reason}',
  'None of the {count} pictures can be read; {reason}': '{count} 张图像都无法读取；{reason}',
  'All pictures are of one class, "{name}": a network can only learn to tell classes apart. Drop at least two folders of pictures, a class each.':
    '所有图像都属于同一类别“{name}”：网络只能学习区分类别。请至少拖放两个图像文件夹，每个一个类别。',
  'The class "{name}" has no picture for training: add some to its folder in "{folder}", or leave the class out.':
    '类别“{name}”没有训练图像：请在“{folder}”的相应文件夹中添加，或去掉该类别。',
  'The class "{name}" has a single picture; at least two are needed, one to learn from and one to test with. Add pictures to its folder, or leave it out.':
    '类别“{name}”只有一张图像；至少需要两张，一张用于学习，一张用于测试。请在其文件夹中添加图像，或去掉该类别。',
  'The seed of pictographs is a whole number below 2^32, not {seed}.':
    '象形图的种子是小于 2^32 的整数，而非 {seed}。',
  'Pictographs are {least} to {most} pixels a side, not {side}.':
    '象形图边长为 {least} 至 {most} 像素，而非 {side}。',
  'At least {count} scenes are needed {why}, one a class; {asked} were asked for.':
    '{why}至少需要 {count} 个场景，每个类别一个；所要求的是 {asked} 个。',
  'The HDF5 library has no file system in memory.': 'HDF5 库没有内存文件系统。',
  'The network has no node that yields {name}.': '网络没有产生 {name} 的节点。',
  '{what} cannot be kept for another visit: {reason}.': '{what}无法保存到下次访问：{reason}。',
};
