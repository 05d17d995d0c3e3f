import type { Box } from '../detection/box.ts';
import { XmlElement } from './xml-element.ts';

/** A part of an object, such as the head of a person. */
export interface VocPart {
  readonly name: string;
  readonly box: Box;
}

/** An object of an image. */
export interface VocObject extends VocPart {
  /** Such as `'Left'`; `'Unspecified'` where nothing is said. */
  readonly pose: string;
  /** Whether the image or the box cuts something off. */
  readonly truncated: boolean;
  /** Whether other things hide some of it. */
  readonly occluded: boolean;
  /** Whether it is so hard to see that detectors are not blamed for missing it. */
  readonly difficult: boolean;
  readonly parts: readonly VocPart[];
}

/** What a file of Pascal VOC says of an image. */
export interface VocAnnotation {
  readonly fileName: string;
  readonly height: number;
  readonly width: number;
  readonly objects: readonly VocObject[];
}

/**
 * Reads an XML file of Pascal VOC, in Node and in browsers.
 *
 * Pascal VOC counts pixels from 1 and includes the last: a box of 1, 1, 1, 1 is the first pixel. Here boxes are x0, y0, x1, y1 of its edges: that
 * box is 0, 0, 1, 1, so `xmin - 1, ymin - 1, xmax, ymax`.
 *
 * @throws FormatError when it is no XML, has a document type, or a field is missing or no number
 * @example
 * const { objects } = await decodeVocAnnotation(`<annotation>
 *   <filename>a.jpg</filename><size><width>9</width><height>5</height></size>
 *   <object><name>dog</name><difficult>1</difficult>
 *     <bndbox><xmin>3</xmin><ymin>1</ymin><xmax>9</xmax><ymax>4</ymax></bndbox></object>
 * </annotation>`);
 * objects[0].box // [2, 0, 9, 4]
 * objects[0].difficult // true
 * @see Everingham et al., The Pascal visual object classes challenge, 2010
 */
export async function decodeVocAnnotation(xml: string): Promise<VocAnnotation> {
  const root = await XmlElement.parse('decodeVocAnnotation', xml, 'annotation');
  const size = root.child('size');
  return {
    fileName: root.requiredText('filename'),
    height: size.extent('height'),
    width: size.extent('width'),
    objects: root.children('object').map((object) => ({
      ...decodePart(object),
      pose: object.text('pose') || 'Unspecified',
      truncated: object.flag('truncated'),
      occluded: object.flag('occluded'),
      difficult: object.flag('difficult'),
      parts: object.children('part').map(decodePart),
    })),
  };
}

function decodePart(element: XmlElement): VocPart {
  const box = element.child('bndbox');
  return {
    name: element.requiredText('name'),
    box: [box.number('xmin') - 1, box.number('ymin') - 1, box.number('xmax'), box.number('ymax')],
  };
}
