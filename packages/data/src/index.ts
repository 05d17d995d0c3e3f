export type { HostTensor } from '@dl/kernels';
export {
  createDataset,
  type DatasetDescription,
  type DatasetName,
  datasetNames,
  describeDatasets,
} from './catalog/create-dataset.ts';
export type { CatalogOptions, DatasetKind, LabelledSample, NamedDataset } from './catalog/named-dataset.ts';
export { cifar10, cifar10Normalization } from './cifar/cifar-10.ts';
export { type Cifar100Options, cifar100, cifar100Normalization } from './cifar/cifar-100.ts';
export type { CifarOptions } from './cifar/read-cifar.ts';
export { type CaptionSample, type CocoCaptionsOptions, cocoCaptions } from './coco/coco-captions.ts';
export { type CocoDataset, type CocoDetectionOptions, type CocoSample, cocoDetection } from './coco/coco-detection.ts';
export type { CocoAnnotations } from './coco/read-json.ts';
export { CsvDataset, type CsvOptions, csv } from './csv/csv.ts';
export type { Dataset, Stacked } from './dataset.ts';
export { ArrayDataset, type ArrayDatasetOptions, type Fields } from './datasets/array-dataset.ts';
export { concat } from './datasets/concat.ts';
export { datasetChecksum } from './datasets/dataset-checksum.ts';
export { ImageDataset, type ImageDatasetInit, type ImageSample, type Normalization } from './datasets/image-dataset.ts';
export { map } from './datasets/map.ts';
export { type SplitOptions, split } from './datasets/split.ts';
export { subset } from './datasets/subset.ts';
export type { Box } from './detection/box.ts';
export { collateDetections, type DetectionBatch } from './detection/collate-detections.ts';
export type { DetectionDataset, DetectionSample } from './detection/detection-sample.ts';
export type { ImageSource } from './detection/image-source.ts';
export { type InstanceMapSample, type InstanceMapsOptions, instanceMaps } from './detection/instance-maps.ts';
export { instanceMasks } from './detection/instance-masks.ts';
export type { InvalidRule } from './detection/invalid-objects.ts';
export { type DrawnDigitsOptions, drawnDigits, drawnDigitsNormalization } from './digits/drawn-digits.ts';
export { cacheDirectory } from './files/cache-directory.ts';
export { DatasetUnavailableError } from './files/dataset-unavailable-error.ts';
export type { DownloadOptions, DownloadProgress } from './files/download.ts';
export type { FindOptions } from './files/find-files.ts';
export type { FitImageOptions } from './folders/fit-image.ts';
export {
  ImageFileDataset,
  type ImageFileEntry,
  type ImageFileInit,
  type ImageFileOptions,
} from './folders/image-file-dataset.ts';
export { type FolderFile, type ImageFolderOptions, imageFolder } from './folders/image-folder.ts';
export { decodeIdx } from './formats/decode-idx.ts';
export { type GunzipOptions, gunzip } from './formats/gunzip.ts';
export { type FreyFacesOptions, freyFaces } from './frey/frey-faces.ts';
export { type ImageNetOptions, imageNet, imageNetNormalization } from './imagenet/image-net.ts';
export { type DecodeImageOptions, decodeImage } from './images/decode-image.ts';
export { encodePng } from './images/encode-png.ts';
export type { ImageChannels } from './images/to-planes.ts';
export { LfwDataset, type LfwInit, lfw } from './lfw/lfw.ts';
export type { LfwAlignment, LfwOptions, LfwView } from './lfw/lfw-files.ts';
export { LfwPairDataset, type LfwPairInit, type LfwPairSample, lfwPairs } from './lfw/lfw-pairs.ts';
export type { LfwImage, LfwPair } from './lfw/parse-people.ts';
export { type VerificationAccuracy, type VerificationPairs, verificationAccuracy } from './lfw/verification-accuracy.ts';
export { DataLoader, type DataLoaderState } from './loader/data-loader.ts';
export type { DataLoaderOptions } from './loader/data-loader-options.ts';
export { stackSamples } from './loader/stack-samples.ts';
export type { Batch } from './loader/upload-batch.ts';
export { type BatchService, serveBatches } from './loader/workers/serve-batches.ts';
export { WorkerError } from './loader/workers/worker-error.ts';
export type { WorkerThread } from './loader/workers/worker-thread.ts';
export { decodeRle } from './masks/decode-rle.ts';
export { encodeRle } from './masks/encode-rle.ts';
export { type MergeRlesOptions, mergeRles } from './masks/merge-rles.ts';
export { polygonsToRle } from './masks/polygons-to-rle.ts';
export type { Rle } from './masks/rle.ts';
export { rleArea } from './masks/rle-area.ts';
export { rleCounts } from './masks/rle-counts.ts';
export { type RleIouOptions, rleIou } from './masks/rle-iou.ts';
export { rleToBox } from './masks/rle-to-box.ts';
export { rleToString } from './masks/rle-to-string.ts';
export { type Segmentation, segmentationToRle } from './masks/segmentation.ts';
export { type EmnistOptions, type EmnistVariant, emnist } from './mnist/emnist.ts';
export { type FashionMnistOptions, fashionMnist, fashionMnistNormalization } from './mnist/fashion-mnist.ts';
export { type MnistOptions, mnist, mnistNormalization } from './mnist/mnist.ts';
export type { MnistSplit } from './mnist/mnist-files.ts';
export { type OmniglotOptions, type OmniglotPart, omniglot } from './omniglot/omniglot.ts';
export { OmniglotDataset, type OmniglotFile, type OmniglotInit } from './omniglot/omniglot-dataset.ts';
export { type ShapeClassesOptions, shapeClasses } from './shapes/shape-classes.ts';
export { type SceneOptions, type ShapesSample, shapes } from './shapes/shapes.ts';
export type { ShapesOptions } from './shapes/shapes-options.ts';
export { CharVocabulary, charVocabulary } from './text/char-vocabulary.ts';
export { splitText } from './text/split-text.ts';
export { type TextOptions, textDataset } from './text/text-dataset.ts';
export { type BlobsOptions, blobs } from './toy/blobs.ts';
export { type CirclesOptions, circles } from './toy/circles.ts';
export type { LabelledPoints } from './toy/labelled-points.ts';
export { moons } from './toy/moons.ts';
export { type PolynomialOptions, polynomial, type RegressionPoints } from './toy/polynomial.ts';
export { type SpiralsOptions, spirals } from './toy/spirals.ts';
export { threeClasses } from './toy/three-classes.ts';
export type { ToyOptions } from './toy/toy-options.ts';
export { xor } from './toy/xor.ts';
export { compose } from './transforms/compose.ts';
export { eachImage } from './transforms/each-image.ts';
export type { FloatImage } from './transforms/float-image.ts';
export { adjustBrightness } from './transforms/images/adjust-brightness.ts';
export { adjustContrast } from './transforms/images/adjust-contrast.ts';
export { adjustHue } from './transforms/images/adjust-hue.ts';
export { adjustSaturation } from './transforms/images/adjust-saturation.ts';
export { type AffineOptions, affine } from './transforms/images/affine.ts';
export { type CropBox, type CropOptions, crop, type PaddingMode } from './transforms/images/crop.ts';
export { type Displacement, displace } from './transforms/images/displace.ts';
export { erase } from './transforms/images/erase.ts';
export { fiveCrop } from './transforms/images/five-crop.ts';
export { hflip } from './transforms/images/hflip.ts';
export { type ResizeOptions, resize } from './transforms/images/resize.ts';
export { rotate } from './transforms/images/rotate.ts';
export type { Interpolation, SamplingOptions } from './transforms/images/sample-at.ts';
export { type TenCropOptions, tenCrop } from './transforms/images/ten-crop.ts';
export { vflip } from './transforms/images/vflip.ts';
export { cutMix } from './transforms/mixing/cut-mix.ts';
export type { MixOptions } from './transforms/mixing/mix-batch.ts';
export { mixUp } from './transforms/mixing/mix-up.ts';
export { type FitNormalizationOptions, fitNormalization } from './transforms/normalization/fit-normalization.ts';
export { normalize } from './transforms/normalization/normalize.ts';
export { type ColorJitterOptions, colorJitter } from './transforms/random/color-jitter.ts';
export { type ElasticTransformOptions, elasticTransform } from './transforms/random/elastic-transform.ts';
export { type GaussianNoiseOptions, gaussianNoise } from './transforms/random/gaussian-noise.ts';
export { type RandomAffineOptions, randomAffine } from './transforms/random/random-affine.ts';
export { type RandomCropOptions, randomCrop } from './transforms/random/random-crop.ts';
export { type RandomErasingOptions, randomErasing } from './transforms/random/random-erasing.ts';
export { type RandomHorizontalFlipOptions, randomHorizontalFlip } from './transforms/random/random-horizontal-flip.ts';
export { type RandomResizedCropOptions, randomResizedCrop } from './transforms/random/random-resized-crop.ts';
export { randomRotation } from './transforms/random/random-rotation.ts';
export { type RandomVerticalFlipOptions, randomVerticalFlip } from './transforms/random/random-vertical-flip.ts';
export { type SampleRandom, type SampleRandomOptions, sampleRandom } from './transforms/sample-random.ts';
export type { BatchTransform, ImageBatch, ImageTransform } from './transforms/transform.ts';
export { decodeVocAnnotation, type VocAnnotation, type VocObject, type VocPart } from './voc/decode-voc-annotation.ts';
export { type VocDataset, type VocDetectionOptions, type VocSample, vocDetection } from './voc/voc-detection.ts';
export type { VocOptions, VocSplit } from './voc/voc-folder.ts';
export {
  type SegmentationDataset,
  type SegmentationSample,
  type VocSegmentationOptions,
  vocSegmentation,
} from './voc/voc-segmentation.ts';
