import type { Words } from '../say';

/** The page about the method. */
export const about: Words = {
  'What Supersign computes, with formulas, and who answers for each of them: the paper it follows, a reconstruction of that paper, other literature, or this project.':
    'Supersign 计算什么、公式如何，以及每个公式由谁负责：所依据的论文、对该论文的重构、其他文献，或本项目。',
  Sections: '章节',
  'What is studied': '研究对象',
  'A convolutional network reads a picture in layers. The saliency map of a layer is a picture made of <dfn>signs</dfn>: the regions on which that layer puts its evidence. From layer to layer signs are aggregated into <dfn>supersigns</dfn>. Semiotics calls that <dfn>superization</dfn>, and expects the spatial entropy of the maps to fall with it. Musat and Andonie carried this idea to convolutional networks in “Semiotic Aggregation in Deep Learning”, Entropy 22(12), 1365, 2020.':
    '卷积网络逐层读取图像。一层的显著图是由<dfn>符号</dfn>构成的图像：符号是该层放置证据的区域。从一层到下一层，符号聚合为<dfn>超符号</dfn>。符号学称之为<dfn>超符号化</dfn>，并预期显著图的空间熵随之下降。Musat 和 Andonie 在《Semiotic Aggregation in Deep Learning》（Entropy 22(12), 1365, 2020）中把这一思想引入卷积网络。',
  'From the paper': '出自论文',
  'The thesis: maps of successive layers, signs and supersigns, superization with a fall of spatial entropy.':
    '论点：相继各层的图、符号与超符号，以及伴随空间熵下降的超符号化。',
  Reconstructed: '重构',
  'Grad-CAM and the aura matrix entropy as the pair in use, its normalisation, 256 levels, and resizing every map to the input’s size. Only the paper’s abstract was at hand; its authors may have done otherwise.':
    '以 Grad-CAM 与 aura 矩阵熵配对使用、其归一化方式、256 个灰度级，以及把每幅图缩放到输入尺寸。手头只有论文摘要；作者的做法可能有所不同。',
  'From other literature': '出自其他文献',
  'Every saliency method and entropy, persistence, the checks of trust; each with its source.':
    '所有显著性方法与熵、持续度、可信度检验；各附出处。',
  'This project’s': '本项目提出',
  'The null model beside every value, signs as persistent basins, the rule of links, the split into class and complex formation, the weights, and the test that says whether superization happens.':
    '每个数值旁的零模型、以持续盆地定义符号、连接规则、类形成与复合形成的分解、权重，以及判断超符号化是否发生的检验。',
  'Why a null model: noise falls too': '为何需要零模型：噪声的熵也会下降',
  'Small maps have low entropy for no other reason than being small: a map of 7 × 7 pixels has 49 values and cannot hold 256 levels, let alone all their pairs. In a network whose layers shrink, a curve that falls may show nothing but this. Below is noise without any structure, measured as you choose, at the sizes of the layers of a network.':
    '小图的熵低，可能仅仅因为它小：7 × 7 像素的图只有 49 个值，容不下 256 个灰度级，更不用说灰度级的所有配对。在各层逐渐缩小的网络中，下降的曲线可能只反映了这一点。下面是不含任何结构的噪声，按你选择的方式、在网络各层的尺寸上测量。',
  'So beside every value stands the same map with its pixels shuffled: shuffled at the layer’s own size, then resized, quantised and measured alike, 32 times. Mean and spread of those are the <dfn>null model</dfn>, and what is missing from it is <dfn>structure</dfn>:':
    '因此每个数值旁都有同一幅图打乱像素后的结果：在该层自身的尺寸上打乱，再同样缩放、量化和测量，共 32 次。其均值与离散程度就是<dfn>零模型</dfn>，与它相比所缺少的就是<dfn>结构</dfn>：',
  structure: '结构',
  value: '值',
  'null mean': '零模型均值',
  'It is 0 for a map that might as well be shuffled and near 1 for a strongly ordered one. That entropy fell is claimed only where it fell by more than its null did. On the {formula} grid resizing smooths every map, noise included: its entropy is lower there, and again the null follows.':
    '与打乱无异的图结构为 0，高度有序的图接近 1。只有当熵的下降超过其零模型的下降时，才认为熵确实下降。在{formula}网格上，缩放会平滑每一幅图，噪声也不例外：那里的熵更低，零模型也随之变低。',
  input: '输入',
  native: '原生',
  Sources: '文献',
  'Formula: {name}': '公式：{name}',
  'Everything this page can do is kept in this browser: {size}. It works without a network.':
    '本页的全部功能已保存在此浏览器中：{size}。没有网络也能使用。',
  'What this page can do is being kept in this browser, for use without a network: {size} of {all}.':
    '正在把本页的功能保存到此浏览器，以便没有网络时使用：{size} / {all}。',
  'Not everything this page can do is kept in this browser, for use without a network: {reason}. The next visit goes on with it.':
    '本页的功能尚未全部保存在此浏览器中供没有网络时使用：{reason}。下次访问时继续。',
  noise: '噪声',
  image: '图像',
  Measure: '度量',
  'Measure of the demonstration': '演示所用的度量',
  Levels: '灰度级',
  'Levels of the demonstration': '演示所用的灰度级',
  Grid: '网格',
  'Grid of the demonstration': '演示所用的网格',
  Seed: '种子',
  'Seed of the noise': '噪声的种子',
  'Independent noise at five sizes: nothing in it to aggregate': '五种尺寸的独立噪声：其中没有可聚合的东西',
  'Entropy of noise by size': '不同尺寸噪声的熵',
  'Noise in numbers': '噪声的数值',
  Size: '尺寸',
  Noise: '噪声',
  Null: '零模型',
  'Mean of many, by NumPy': '多次均值（NumPy）',
  'Measuring …': '正在测量……',
  'A real decision, measured alike: “{picture}”, {id}': '一次真实的决策，同样测量：“{picture}”，{id}',
  'A real decision appears here once a picture is read.': '读取图像后，这里会显示一次真实的决策。',
  'Entropy of the open picture by layer': '当前图像逐层的熵',
  'Noise stays from {from} at {large} to {to} at {small}: this measure does not depend on size here.':
    '噪声的值从 {large} 时的 {from} 到 {small} 时的 {to}，保持不变：此度量在这里与尺寸无关。',
  'Noise falls from {from} at {large} to {to} at {small}, with nothing in it to aggregate.':
    '噪声的值从 {large} 时的 {from} 降到 {small} 时的 {to}，而其中没有可聚合的东西。',
  'Noise rises from {from} at {large} to {to} at {small}, with nothing in it to aggregate.':
    '噪声的值从 {large} 时的 {from} 升到 {small} 时的 {to}，而其中没有可聚合的东西。',
  ' Its null falls with it, from {from} to {to}: nothing is left to explain.':
    '其零模型也随之从 {from} 降到 {to}：没有什么需要解释。',
  ' Its null rises with it, from {from} to {to}: nothing is left to explain.':
    '其零模型也随之从 {from} 升到 {to}：没有什么需要解释。',
  'The saliency of one layer': '一层的显著性',
  'Let {A} be what a layer puts out, after its activation function, {formula} numbers. Let {y} be the logit of the class to explain, before the softmax, and {formula2}. Grad-CAM weighs every channel by its mean gradient and keeps what speaks for the class:':
    '设 {A} 为一层经激活函数后的输出，共 {formula} 个数；{y} 为待解释类别在 softmax 之前的 logit，且 {formula2}。Grad-CAM 以平均梯度为每个通道加权，并保留支持该类别的部分：',
  'Grad-CAM': 'Grad-CAM',
  'The map keeps its layer’s own size and is not normalised: colours are a matter of display. A map that is zero everywhere means that the layer holds no positive evidence for the class. That is said, and never drawn as if it were flat evidence.':
    '图保持所在层自身的尺寸，不做归一化：颜色只是显示方式。处处为零的图表示该层没有支持该类别的证据；此时会明确说明，绝不画成均匀的证据。',
  'Saliency methods': '显著性方法',
  Method: '方法',
  Map: '图',
  Source: '出处',
  'That Grad-CAM is the paper’s method is a reconstruction from its abstract and its sources. {formula} stands for the greater of a value and 0.':
    '认为论文所用方法是 Grad-CAM，是根据其摘要和引文所作的重构。{formula} 表示取某值与 0 中较大者。',
  'Spatial entropy': '空间熵',
  'Entropy counts how much there is to know. <em>Spatial</em> entropy also asks where things lie: a map of one bright patch and the same pixels strewn about hold the same values, and only one of them is ordered. First the map is quantised to {G} levels between its own extremes:':
    '熵衡量有多少信息可知。<em>空间</em>熵还关心事物位于何处：只有一块亮斑的图，与把同样的像素散布开来的图，含有相同的值，却只有前者是有序的。首先在图自身的最小值与最大值之间把它量化为 {G} 个灰度级：',
  levels: '灰度级',
  'The <dfn>aura</dfn> of level {i} with respect to level {j} counts how often a pixel of the one has a neighbour of the other, up, down, left or right. Scaled to sum to 1 it is the distribution of a pair of neighbours:':
    '灰度级 {i} 相对于灰度级 {j} 的 <dfn>aura</dfn>，统计前者的像素在上、下、左、右有多少个属于后者的邻居。归一化使总和为 1，便是一对相邻像素的分布：',
  aura: 'aura',
  'The measure on the page at the start is the <dfn>aura matrix entropy</dfn>. {formula} is the entropy of the levels alone, {formula2} that of the pairs of a pixel and its neighbour in direction {d}. It says what a neighbour adds, relative to the pixel: near 0 where the map is ordered, near 1 where neighbours are independent.':
    '页面初始使用的度量是 <dfn>aura 矩阵熵</dfn>。{formula} 是灰度级本身的熵，{formula2} 是像素与其在方向 {d} 上的邻居配对的熵。它表示相对于该像素，邻居带来多少新信息：图有序时接近 0，邻居相互独立时接近 1。',
  'aura matrix entropy': 'aura 矩阵熵',
  'It is Volden, Giraudon and Berthod’s measure of 1995 with Journel and Deutsch’s relative entropy. That it is the paper’s measure, with 256 levels and on the input’s grid, is reconstructed: the preset <em>Paper</em> stands for that reading. Fourteen other measures, from Shannon’s to Altieri’s, can be chosen in its place.':
    '它是 Volden、Giraudon 和 Berthod 1995 年的度量，结合 Journel 和 Deutsch 的相对熵。认为论文用的就是它，取 256 个灰度级并在输入网格上测量，属于重构：预设<em>“论文”</em>即代表这种理解。也可改选另外十四种度量，从 Shannon 的到 Altieri 的。',
  'Grad-CAM element-wise': 'Grad-CAM（逐元素）',
  'activations on their first principal direction {v}: {formula}':
    '激活在其第一主方向 {v} 上的投影：{formula}',
  'the same of {formula}, towards what speaks for the class':
    '对 {formula} 作同样处理，方向取支持该类别的一侧',
  'activations on the first component of kernel principal component analysis: {formula}, kernel {formula2}':
    '激活在核主成分分析第一成分上的投影：{formula}，核函数 {formula2}',
  '{formula}, mean {m} and standard deviation {s} of each channel':
    '{formula}，{m} 与 {s} 为各通道的均值与标准差',
  '{formula}, the logit with the picture masked by channel {k}':
    '{formula}，其中 logit 是以通道 {k} 遮挡图像后所得',
  '{formula}, the logit without channel {k}': '{formula}，其中 logit 是去掉通道 {k} 后所得',
  Activation: '激活',
  'needs no class': '无需类别',
  'Input × gradient': '输入 × 梯度',
  'at the picture {x} itself: {formula}': '在图像 {x} 本身上：{formula}',
  'Integrated gradients': '积分梯度',
  'the same with the mean of {g} along the path from 0 to {x}, 50 steps':
    '同上，但取 {g} 沿从 0 到 {x} 的路径的均值，共 50 步',
  '{formula}, the mean over 50 noisy pictures': '{formula}，对 50 幅加噪图像取均值',
  'mean of 1,000 random masks, weighted by what the network makes of the picture seen through each':
    '1,000 个随机掩膜的均值，以网络对透过各掩膜所见图像的输出加权',
  Attention: '注意力',
  'what a token reads of the grid: its row of the attention probabilities {P}':
    '一个标记从网格读取的内容：注意力概率 {P} 中它所在的行',
  'for networks with attention, as those below': '用于带注意力的网络，以下亦同',
  'Attention rollout': '注意力展开',
  'what the class token has read through all blocks up to this one, half of every token staying where it is: {formula}':
    '类别标记经过到此为止的所有块所读到的内容，每个标记有一半留在原处：{formula}',
  'Attention relevance': '注意力相关性',
  'the same with what speaks for the class alone, attention times its gradient: {formula}':
    '同上，但只取支持该类别的部分，即注意力乘以其梯度：{formula}',
  'how the score of the layer’s own tokens grows with its attention: {formula}':
    '该层自身标记的得分随其注意力增长的程度：{formula}',
  'each channel weighed by its mean gradient: {formula}': '每个通道以其平均梯度加权：{formula}',
  'each channel weighed by its positive gradients, those of channels that hold little in all counting more ({a}): {formula}':
    '每个通道以其正梯度加权，总量较小的通道的梯度计得更多（{a}）：{formula}',
  'gradient times activation, place by place: {formula}': '逐处计算梯度乘以激活：{formula}',
  'the same with the positive gradients alone: {formula}': '同上，但只取正的梯度：{formula}',
  'the same with the positive products alone: {formula}': '同上，但只取正的乘积：{formula}',
  'each channel weighed by its gradient where it is active: {formula}':
    '每个通道以其活跃之处的梯度加权：{formula}',
  'each channel’s share of the class as a player in a game has it, to second order: its mean gradient, less half of how that bends along the activations; {formula}, {H} the second derivatives by them':
    '把每个通道看作博弈中的参与者，取它在类别中的份额到二阶：其平均梯度，减去该梯度沿激活方向弯曲量的一半；{formula}，{H} 为对激活的二阶导数',
  'mean size of all channels: {formula}': '所有通道大小的均值：{formula}',
  'at the picture: input times gradient, and the same of the biases of all layers, each layer’s sizes between 0 and 1 and enlarged; {formula}, {b} all that a layer adds by itself. Before sizes are taken, these parts sum to the logit':
    '在图像处：输入乘以梯度，以及所有层的偏置乘以其梯度，各层取大小、缩放到 0 与 1 之间并放大；{formula}，{b} 为一层自身所加的全部内容。在取大小之前，这些部分之和即为 logit',
  'What a layer sees whatever the class is told by its <dfn>concepts</dfn>: the activations of all places, {X}, are taken apart into a few maps and as many mixtures of channels that are never negative and add up to them, {formula} (deep feature factorisation, Collins 2018). Each is a colour over the picture; what it argues for is its gradient times its part of the activations, summed.':
    '无论类别如何，一层看到什么由其<dfn>概念</dfn>说明：所有位置的激活 {X} 被分解为少数几幅图和同样多的通道混合，它们都不为负且加起来近似于激活，{formula}（深度特征分解，Collins 2018）。每个概念是图像上的一种颜色；它支持什么，由梯度乘以它那部分激活之和给出。',
  'Link to “{title}”': '“{title}”的链接',
  'from the paper': '出自论文',
  reconstructed: '重构',
  'from other literature': '出自其他文献',
  'this project’s': '本项目提出',
  Signs: '符号',
  'A <dfn>sign</dfn> is a region that a layer puts its evidence on. Let the sea over the map sink from its highest point: peaks come up as islands, islands grow and meet. Where two meet, the lesser peak ends; its <dfn>persistence</dfn> is how far it stood above that saddle. Peaks whose persistence is at least {tau} of the map’s maximum (0.10 at the start) are signs, lesser ones belong to the sign they ran into, and every sign is cut off below {theta} of the maximum (0.20). Signs are found on the network’s input grid, so that those of different layers can lie on each other.':
    '<dfn>符号</dfn>是一层放置证据的区域。设想海面从图的最高点逐渐下降：峰露出成为岛，岛扩大并相遇。两岛相遇时，较低的峰终止；它高出该鞍点的高度就是其<dfn>持续度</dfn>。持续度不低于图最大值的 {tau} 倍（初始为 0.10）的峰是符号，较小的峰归入它汇入的符号；每个符号在最大值的 {theta} 倍（0.20）以下截断。符号在网络的输入网格上寻找，因而不同层的符号可以相互重叠比较。',
  'A sign has a mass, the sum of the map over it, and a share of the map’s whole mass. Shuffled maps have signs too: their number stands below the number found, for fewer signs on a smaller map is no finding by itself.':
    '符号有质量，即图在其上的总和，也有占整幅图质量的比例。打乱的图也有符号：其数目列在实际数目之下，因为较小的图上符号较少，本身并不构成发现。',
  'Superization: how signs become supersigns': '超符号化：符号如何成为超符号',
  'From layer to layer signs are aggregated into <dfn>supersigns</dfn>. That is the paper’s thesis; the rule by which one sign is said to be taken in by another is this project’s. {formula} is the share of the mass of sign {i} that lies inside sign {j} of a later layer:':
    '从一层到下一层，符号聚合为<dfn>超符号</dfn>。这是论文的论点；判定一个符号被另一个符号吸收的规则由本项目提出。{formula} 是符号 {i} 的质量中落在后面某层符号 {j} 之内的比例：',
  'share inside a later sign': '落在后层符号内的比例',
  'i is aggregated into the j with the greatest share, if that is at least ½':
    'i 聚合到比例最大的 j，条件是该比例不低于 ½',
  'The first later layer with such a sign takes it; a layer in between that holds nothing does not cut the story, and the link is then a skipping one. A sign that no later layer takes in <dfn>dissolves</dfn>. A sign that takes in none <dfn>emerges</dfn>, one that takes in one is <dfn>carried</dfn>, one that takes in several is a supersign. All links make a forest, whose roots in the last layer are what the decision rests on: the superization flow draws all of it, the superization tree one supersign of it.':
    '后面各层中第一个有这种符号的层吸收它；中间没有内容的层不会打断这一过程，此时的连接是跨层连接。没有任何后层吸收的符号<dfn>消散</dfn>。不吸收任何符号的符号是<dfn>新生</dfn>的，吸收一个的是<dfn>延续</dfn>的，吸收多个的是超符号。所有连接构成森林，其在最后一层的根就是决策的依据：超符号化流图画出全部，超符号化树画出其中一个超符号。',
  'Class and complex formation': '类形成与复合形成',
  'Class formation and complex formation': '类形成与复合形成',
  'Frank’s information psychology knows two ways to superize: to drop distinctions, so that many things become one class, and to bind parts into a whole, so that one part tells of the next. Read off the entropies of the aura, the change of a step is exactly the sum of both:':
    'Frank 的信息心理学认为超符号化有两条途径：舍弃差别，使许多事物归为一类；把部分结合为整体，使一个部分能预示下一个部分。从 aura 的熵来看，一步的变化恰好是两者之和：',
  'change of a step': '一步的变化',
  joint: '联合',
  marginal: '边缘',
  conditional: '条件',
  'The first term is <dfn>class formation</dfn>, the second <dfn>complex formation</dfn>. The names are Frank’s; reading them off these two entropies is this project’s proposal. Superization <em>happens</em> on a step where the entropy falls, and by more than the shuffled maps’ does:':
    '第一项是<dfn>类形成</dfn>，第二项是<dfn>复合形成</dfn>。名称来自 Frank；用这两个熵来表示它们是本项目的提议。在某一步上，若熵下降且降幅超过打乱的图，则超符号化<em>发生</em>：',
  'superization happens': '超符号化发生',
  null: '零模型',
  'What carries the decision': '决策的依据',
  'A map says where a layer looks, not what would change without it. So every sign is masked: inside it the activation is set to its mean outside, channel by channel, and the rest of the network runs again. With {m} the share of a cell that the sign covers,':
    '图说明一层看向哪里，却不说明没有它会有什么变化。因此逐一遮挡每个符号：把其内部的激活逐通道替换为外部的均值，再运行网络的其余部分。设 {m} 为符号覆盖一个单元的比例，则',
  'weight of a sign': '符号的权重',
  weight: '权重',
  'A positive weight means that the sign speaks for the class. Weights need not add up: the network is not linear, and the mean outside of one sign holds the others. A logit has no natural zero, so a loss is told beside the class’s own logit.':
    '权重为正表示该符号支持该类别。权重不必可加：网络不是线性的，而且一个符号外部的均值包含其他符号。logit 没有天然的零点，因此损失与该类别自身的 logit 并列给出。',
  'Deletion and insertion': '删除与插入',
  'The picture’s pixels are blurred one after the other, those that the map calls most salient first, and then brought back in the same order. A map that finds what the class rests on makes its probability fall fast and rise fast: a small area below the first curve, a large one below the second. Shuffled maps show what any map of that grain would do (Petsiuk, Das and Saenko 2018).':
    '按图所示的显著程度从高到低，依次模糊图像的像素，再按同样的顺序恢复。找到类别依据的图会使其概率快速下降、又快速回升：第一条曲线下的面积小，第二条曲线下的面积大。打乱的图显示任何同样粒度的图会有怎样的结果（Petsiuk、Das 和 Saenko 2018）。',
  'Randomised weights': '随机化权重',
  'Layer by layer, from the last to the first, the numbers within every weight tensor change places, and all maps are made anew. A map that stays as it is does not show what the network has learnt, whatever it looks like. Likeness is Spearman’s rank correlation with the map of the trained network, over three draws (Adebayo and others 2018).':
    '从最后一层到第一层，逐层打乱每个权重张量中的数，并重新生成所有图。若图保持不变，那么无论它看上去如何，都没有反映网络学到的内容。相似程度用与训练好的网络的图的 Spearman 秩相关衡量，取三次抽样（Adebayo 等 2018）。',
};
