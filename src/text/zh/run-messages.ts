import type { Words } from '../say';

/** Notes, warnings and errors of studies, trainings and searches, which are put together in English and found when they are shown. */
export const runMessages: Words = {
  'A study is running: cancel it, or wait for it to end, before another one is opened.':
    '有一项研究正在运行：请先取消，或等它结束，再打开另一项。',
  'The examples could not be opened: {reason}.': '无法打开示例：{reason}。',
  '{name} could not be opened: {reason}': '无法打开 {name}：{reason}',
  'The picture {path} is not at hand: open the images of this study again.':
    '图像 {path} 不在手头：请重新打开本研究的图像。',
  'The study could not be exported: {reason}.': '无法导出研究：{reason}。',
  'The statistics could not be computed: {reason}.': '无法计算统计量：{reason}。',
  'Open the images first: drop a folder, files or a zip archive.':
    '请先打开图像：拖放文件夹、文件或 zip 压缩包。',
  'The study could not be begun: {reason}.': '无法开始研究：{reason}。',
  'The study came to an end: {reason}': '研究终止：{reason}',
  'The study could not be opened: {reason}': '无法打开研究：{reason}',
  'The study could not be removed: {reason}': '无法删除研究：{reason}',
  'It cannot be set against randomised weights: {reason}': '无法与随机化权重比较：{reason}',
  'The images of this study are needed again: drop the folder or archive with its {images}.':
    '需要再次提供本研究的图像：请拖放含有这 {images}的文件夹或压缩包。',
  'The images of this study are needed again, for those that are open are others: drop the folder or archive with its {images}.':
    '已打开的是其他图像，需要再次提供本研究的图像：请拖放含有这 {images}的文件夹或压缩包。',
  'The other study has no {name}: it was made with other measures.':
    '另一项研究没有{name}：它用的是其他度量。',
  'These two studies have no picture in common: run the second on the images of the first.':
    '这两项研究没有共同的图像：请在第一项的图像上运行第二项。',
  'this page is not served securely, so the browser compares no files':
    '此页面不是经安全连接提供的，因此浏览器不比较文件',
  'This study is running in another tab.': '该研究正在另一个标签页中运行。',
  'It is running, here or in another tab. Cancel it there first.':
    '它正在此处或另一个标签页中运行。请先在那里取消。',
  '{backend} was lost; the study goes on on {other}.': '{backend}已丢失；研究在{other}上继续。',
  '{reason} The study goes on; save it as a file when it is done.':
    '{reason}研究继续进行；完成后请保存为文件。',
  'Drop the pictures of "{name}" again: they are not kept here.': '请再次拖放“{name}”的图像：此处没有保存。',
  '{network} is not the network that "{name}" was begun with.': '{network} 不是开始“{name}”时所用的网络。',
  '"{name}" has no results yet. "Resume" begins with its first image.':
    '“{name}”尚无结果。“继续”将从第一张图像开始。',
  'Nothing can be computed any more.': '已无法继续计算。',
  'This file is empty.': '此文件为空。',
  'This file is damaged or cut off. Save the study again.': '此文件已损坏或不完整。请重新保存研究。',
  'This file is no study: it is neither JSON nor Parquet, or it breaks off.':
    '此文件不是研究：既非 JSON 也非 Parquet，或不完整。',
  'This table has no column "{name}". Keep all columns of a study.':
    '此表没有列“{name}”。请保留研究的所有列。',
  'The column "{name}" is no base64. Save the study again.': '列“{name}”不是 base64。请重新保存研究。',
  'This study has version {version}; this Supersign reads version {own}. Open it with a newer Supersign.':
    '此研究的版本为 {version}；当前 Supersign 读取版本 {own}。请用更新的 Supersign 打开。',
  '{path}: {reason}.': '{path}：{reason}。',
  '"{path}" is in it twice. Put each part of a study in only once.':
    '“{path}”在其中出现两次。研究的每个部分只应放入一次。',
  '{networks} or an address': '{networks}，或一个地址',
  'winner or the number of a class, from 0': 'winner，或类别的编号，从 0 开始',
  'rest, similar, opposite or the number of a class, from 0':
    'rest、similar、opposite，或类别的编号，从 0 开始',
  'class, or column and row of a place of the map, as 12,7': 'class，或图中一处的列与行，如 12,7',
  'surest or the number of a box, from 0': 'surest，或框的编号，从 0 开始',
  'two numbers from 0 to 1, from the left and from the top, as 0.5,0.25':
    '两个 0 至 1 的数，从左边和从上边算起，如 0.5,0.25',
  'four numbers from 0 to 1 for a box, as 0.2,0.1,0.7,0.8, corners, as 0.2,0.1;0.7,0.1;0.4,0.8, or a mask, as the page writes it':
    '四个 0 至 1 的数表示方框，如 0.2,0.1,0.7,0.8；各角，如 0.2,0.1;0.7,0.1;0.4,0.8；或页面所写的掩膜',
  'a number from 0 to 1': '0 至 1 的数',
  'class: and the number of a class, method: and a saliency method, model: and a network, or image: and an example or an address':
    'class: 加类别编号，method: 加显著性方法，model: 加网络，或 image: 加示例或地址',
  'any of {measures}, with commas between them': '{measures} 中的任意几个，以逗号分隔',
  'an architecture such as relu-same-norm-average_c16-c16-max_r32-none':
    '一个架构，例如 relu-same-norm-average_c16-c16-max_r32-none',
  'a whole number from {least} to {most}': '{least} 至 {most} 的整数',
  'a number from {least} to {most}': '{least} 至 {most} 的数',
  'a number from 0 to 1, in hundredths': '0 至 1 的数，精确到百分位',
  'all, or how many images, from 1 to {most}': 'all，或图像张数，1 至 {most}',
  'any text': '任意文本',
  '"{setting}" is not understood; allowed: {allowed}.': '无法理解“{setting}”；允许：{allowed}。',
  'There is no setting "{name}".': '没有名为“{name}”的设置。',
  face: '脸',
  house: '房屋',
  car: '汽车',
  sailboat: '帆船',
  tree: '树',
  fish: '鱼',
  clock: '时钟',
  bicycle: '自行车',
  robot: '机器人',
  flower: '花',
  'Ready to train.': '可以开始训练。',
  'Ready to search.': '可以开始搜索。',
  Opening: '正在打开',
  'Stopped.': '已停止。',
  'Stopped, for the loss exploded.': '损失发散，已停止。',
  ' The weights of step {step} are kept: "Resume" goes on from them.':
    '第 {step} 步的权重已保存：“继续”将从那里开始。',
  'examples/{file} is missing (HTTP {status})': '缺少 examples/{file}（HTTP {status}）',
  'Pearson {linear}, Spearman {rank}': 'Pearson {linear}，Spearman {rank}',
  '{quantity}, bits': '{quantity}，比特',
  'Stopped before it began.': '在开始之前已停止。',
  'Paused at step {step} of {steps}.': '在第 {step} / {steps} 步暂停。',
  'Paused at step {step} of {steps} on an earlier visit.': '上次访问时在第 {step} / {steps} 步暂停。',
  'Paused at step {step} of {steps} in another tab.': '在另一个标签页中，在第 {step} / {steps} 步暂停。',
  'Finished at step {step}: {share} of the held-out pictures named right.':
    '在第 {step} 步完成：留出图像中 {share} 识别正确。',
  'Stopped. Finished at step {step}: {share} of the held-out pictures named right.':
    '已停止。在第 {step} 步完成：留出图像中 {share} 识别正确。',
  'Stopped, for the loss exploded. Finished at step {step}: {share} of the held-out pictures named right.':
    '损失发散，已停止。在第 {step} 步完成：留出图像中 {share} 识别正确。',
  'Ended at step {step}.': '在第 {step} 步结束。',
  'ended at step {step}': '在第 {step} 步结束',
  'step {step} of {steps}': '第 {step} / {steps} 步',
  '{title} on Pictographs, world {seed}, {side} × {side}':
    '{title}，数据：象形图，世界 {seed}，{side} × {side}',
  '{title} on Pictures from {name}, {side} × {side}, split by seed {seed}':
    '{title}，数据：来自 {name} 的图像，{side} × {side}，以种子 {seed} 划分',
  '{name}, {count} classes': '{name}，{count} 个类别',
  '1 network tried': '试过 1 个网络',
  '{count} networks tried': '试过 {count} 个网络',
  'A search of an earlier visit.': '上次访问的搜索。',
  'The search is over.': '搜索已结束。',
  'Stopped. The best network so far is kept.': '已停止。保留到目前为止最好的网络。',
  'Opened from {name}, saved {date}.': '从 {name} 打开，保存于 {date}。',
  'The search cannot be kept for another visit: {reason}.': '搜索无法保存到下次访问：{reason}。',
  'The training cannot be kept for another visit: {reason}.': '训练无法保存到下次访问：{reason}。',
  'The pictures cannot be kept for another visit: {reason}.': '图像无法保存到下次访问：{reason}。',
  'The last steps of the training are not kept yet.': '训练的最后几步尚未保存。',
  'A training is under way: pause or stop it before another one is opened.':
    '训练正在进行：请先暂停或停止，再打开另一项。',
  'A search is under way: stop it before another one is opened.': '搜索正在进行：请先停止，再打开另一项。',
  'The training could not be opened: {reason}.': '无法打开训练：{reason}。',
  'The search could not be opened: {reason}.': '无法打开搜索：{reason}。',
  'The training could not be removed: {reason}.': '无法删除训练：{reason}。',
  'The search could not be removed: {reason}.': '无法删除搜索：{reason}。',
  'it is open in another tab; end it there first': '它已在另一个标签页中打开；请先在那里结束',
  'this browser does not keep it any more': '此浏览器已不再保存它',
  'its pictures are not kept any more; begin again': '其图像已不再保存；请重新开始',
  'This training is open in another tab: go on with it there.':
    '此训练已在另一个标签页中打开：请在那里继续。',
  'This search is open in another tab: go on with it there.': '此搜索已在另一个标签页中打开：请在那里继续。',
  'The training ended: {reason}': '训练终止：{reason}',
  'The training ended: {reason} The weights of step {step} are kept: "Resume" goes on from them.':
    '训练终止：{reason}第 {step} 步的权重已保存：“继续”将从那里开始。',
  'The search ended: {reason}': '搜索终止：{reason}',
  'The pictures of this search are not at hand: choose them under “Data”, folders {labels}, and go on then.':
    '此搜索的图像不在手头：请在“数据”下选择文件夹 {labels}，然后继续。',
  'There are no pictures to train on yet: drop a folder or a zip archive of class folders.':
    '还没有可训练的图像：请拖放含类别文件夹的文件夹或 zip 压缩包。',
  'No picture has a class: none lies in a folder. Put the pictures of each class into a folder named after it, and drop the folder above them.':
    '没有图像带类别：都不在文件夹中。请把每个类别的图像放进以其命名的文件夹，再拖放上一级文件夹。',
  'All pictures are of one class, "{name}": there is nothing to tell apart. Add a folder of at least one other class.':
    '所有图像都属于同一类别“{name}”：没有可区分的内容。请至少再添加一个类别的文件夹。',
  '{names} has a single picture: one is held out, so none is left to learn from. Add pictures, or take the folder out.':
    '{names} 只有一张图像：留出一张后便没有可学习的。请添加图像，或去掉该文件夹。',
  '{names} have a single picture: one is held out, so none is left to learn from. Add pictures, or take the folder out.':
    '{names} 各只有一张图像：留出一张后便没有可学习的。请添加图像，或去掉这些文件夹。',
  'Signs could not be compared with parts: {reason}.': '无法比较符号与部件：{reason}。',
  'The network could not be exported: {reason}.': '无法导出网络：{reason}。',
  'The report could not be written: {reason}.': '无法写出报告：{reason}。',
  'The network could not be opened there: {reason}.': '无法在那里打开网络：{reason}。',
  'there is no trained network yet': '还没有训练好的网络',
  'the network is not tested yet: let the training end': '网络尚未测试：请让训练结束',
  'there is nothing to draw yet': '还没有可绘制的内容',
  '{start} has no layer whose name and shape fit {title}; start from random weights, or choose its own architecture':
    '{start} 没有名称和形状与 {title} 相符的层；请从随机权重开始，或选择它自己的架构',
  '{start} has nothing that fits {weight}, so it is no reference as it is. Give the reference epochs, or choose the architecture of {other}':
    '{start} 没有与 {weight} 相符的权重，因此不能直接作为参照。请为参照指定轮数，或选择 {other} 的架构',
  'a reference of 0 epochs is a network with the weights that it has. Choose them under “Start from”, or give it epochs':
    '0 轮的参照是带有现有权重的网络。请在“起始权重”中选择，或为它指定轮数',
  '"preset=own" needs the setting "architecture"; the first preset is used.':
    '“preset=own”需要设置“architecture”；改用第一个预设。',
  'Testing on held-out pictures': '正在用留出图像测试',
  'Measuring the entropies of the layers': '正在测量各层的熵',
  'Measuring the entropy of layers': '正在测量各层的熵',
  'Measuring the filters': '正在测量滤波器',
  Measuring: '正在测量',
  'Epoch {epoch} of {epochs}': '第 {epoch} / {epochs} 轮',
  'Reading picture {done} of {all}': '正在读取第 {done} / {all} 张图像',
  'Starting the engine': '正在启动引擎',
  'Loading the weights to start from': '正在加载起始权重',
  'Training stopped at step {step}: {wrong}. The learning rate, {rate}, is too high for this network and batch; lower it. The weights after step {kept} are kept.':
    '训练在第 {step} 步停止：{wrong}。学习率 {rate} 对此网络和批大小过高；请调低。第 {kept} 步之后的权重已保留。',
  'No training is open.': '没有打开的训练。',
  'No search is open.': '没有打开的搜索。',
  'There is no picture to train on.': '没有可训练的图像。',
  'A batch of {pictures} of {title} takes about {size} GB, more than fits on {backend}. Take at most {most}, or smaller pictures.':
    '{title} 的一批 {pictures}约占 {size} GB，超出 {backend} 的容量。请至多取 {most}，或使用更小的图像。',
  'Pictures must be between 8 and 1024 pixels a side; {title} asks for {side}.':
    '图像边长须在 8 至 1024 像素之间；{title} 要求 {side}。',
  '{title} has no stage.': '{title} 没有阶段。',
  'Stage {stage} has no block: add one, or take the stage out.':
    '第 {stage} 阶段没有块：请添加一个，或去掉该阶段。',
  '{what} must be a whole number from {least} to {most}; it is {value}.':
    '{what}须为 {least} 至 {most} 的整数；现为 {value}。',
  'The number of classes': '类别数',
  'The inner width of {name}': '{name} 的内部宽度',
  '{name} reads windows of {size}, but only {places} places are left before it.':
    '{name} 读取 {size} 的窗口，但之前只剩 {places} 个位置。',
  '{name} reads windows of {size}, but only {places} place is left before it.':
    '{name} 读取 {size} 的窗口，但之前只剩 {places} 个位置。',
  '{name} adds its input to its output, so its convolutions must keep the size: set the padding to "same".':
    '{name} 把输入加到输出上，因此其卷积须保持尺寸：请把填充设为“same”。',
  'Stage {stage} ends in a pooling, but its last block {block} leaves a single place: take stages out, or read larger pictures.':
    '第 {stage} 阶段以池化结束，但其末块 {block} 只剩一个位置：请去掉一些阶段，或读取更大的图像。',
  'These pictures have no labels: they lie in no folders. Put the pictures of each class into a folder of its own, and drop the folder that holds these.':
    '这些图像没有标签：不在文件夹中。请把每个类别的图像放进各自的文件夹，再拖放包含它们的文件夹。',
  'The search cannot be made: {where}, {reason}.': '无法进行搜索：{where}，{reason}。',
  'Nothing can be taken out: every layer has a single filter. Make a block wider.':
    '没有可取出的：每层只有一个滤波器。请加宽某个块。',
  'Nothing can be taken out: neither the first block nor the last of a stage that changes size may go. Add blocks to a stage.':
    '没有可取出的：第一个块以及改变尺寸的阶段的末块都不能取出。请在某个阶段添加块。',
  'Nothing can be added: growing begins with one block a stage and ends with the architecture as it is, which has no more. Add blocks to a stage.':
    '没有可添加的：生长从每阶段一个块开始，到现有架构为止，而它没有更多的块。请在某个阶段添加块。',
  'Only blocks can be added: grow by blocks, or prune filters.': '只能添加块：请按块生长，或对滤波器剪枝。',
  'Shrinking all widths alike is an order for filters: choose filters, or leave it out.':
    '所有宽度同比缩小是针对滤波器的顺序：请选择滤波器，或去掉它。',
  'This network has no batch normalisation whose scales could be an order: leave that order out.':
    '此网络没有批归一化，其尺度不能作为顺序：请去掉该顺序。',
  'A search needs at least two held-out pictures: one half to choose networks by, one to report them by.':
    '搜索至少需要两张留出图像：一半用于选择网络，一半用于报告结果。',
  'This file holds no search. Choose a file saved with "Save search".':
    '此文件不含搜索。请选择保存的搜索文件。',
  'This file is no JSON, or it breaks off. Choose a file saved with "Save search".':
    '此文件不是 JSON，或不完整。请选择保存的搜索文件。',
  ROAD: 'ROAD',
  Deletion: '删除',
  Insertion: '插入',
  'Pixel flipping': '像素翻转',
  'Region perturbation': '区域扰动',
  'Sensitivity-n': '敏感度-n',
  'Faithfulness correlation': '忠实度相关',
  Infidelity: '不忠实度',
  'Max-sensitivity': '最大敏感度',
  'Average sensitivity': '平均敏感度',
  'Random logit': '随机 logit',
  'MPRT, cascading': 'MPRT，级联',
  'MPRT, independent': 'MPRT，独立',
  'MPRT, from the bottom': 'MPRT，自底向上',
  cascading: '级联',
  independent: '独立',
  'from the bottom': '自底向上',
  'Efficient MPRT': '高效 MPRT',
  'Pointing game': '指向游戏',
  'Relevance mass accuracy': '相关质量准确率',
  'Relevance rank accuracy': '相关排名准确率',
  'Attribution localisation': '归因定位',
  'Top-k intersection': 'Top-k 交集',
  'Localisation AUC': '定位 AUC',
  Sparseness: '稀疏度',
  Complexity: '复杂度',
  'Effective complexity': '有效复杂度',
  'not smoothed': '不平滑',
  'mean over flips and brightness': '翻转与亮度的均值',
  'first component of its channels': '通道的第一成分',
  'first component, mean over flips and brightness': '第一成分，翻转与亮度的均值',
  '{method} (mean over flips and brightness)': '{method}（翻转与亮度的均值）',
  '{method} (first component of its channels)': '{method}（通道的第一成分）',
  '{method} (first component, mean over flips and brightness)': '{method}（第一成分，翻转与亮度的均值）',
  'Conditional over marginal entropy: 0 where neighbours are certain, 1 where they are independent.':
    '条件熵与边缘熵之比：邻居确定时为 0，相互独立时为 1。',
  'What a neighbour adds to a pixel, relative to the pixel alone, mean over the neighbour directions: near 0 where the map is ordered, 1 where neighbours are independent.':
    '相对于像素本身，邻居带来多少新信息，取各邻居方向的均值：图有序时接近 0，邻居相互独立时为 1。',
  'Entropies and structure of all layers, regression': '所有层的熵与结构，回归',
  'Softmax alone, regression': '仅 Softmax，回归',
  'Softmax with entropies and structure, regression': 'Softmax 加熵与结构，回归',
  '1 map is zero everywhere, with no trust to measure': '1 幅图处处为零，没有可信度可测量',
  '{maps} are zero everywhere, with no trust to measure': '{maps}处处为零，没有可信度可测量',
  '{method} at {layer}: of {images}': '{layer} 上的 {method}：{images}',
};
