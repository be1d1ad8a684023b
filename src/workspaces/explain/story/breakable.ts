/** The text in pieces between which a line may end: names of layers are longer than a line of a phone ("block4.layer16.conv2"). */
export const breakable = (text: string): string[] => text.split(/(?<=\p{L}\d*[._/])(?=\p{L})/u);
