using static TorchSharp.torch;

namespace PairUni.Modeling.Files;

/// <summary>A storage as a pickle names it: the archive's file data/KEY, of so many elements.</summary>
internal sealed record PickledStorage(string Key, ScalarType Dtype, long Elements);

/// <summary>A tensor as a pickle describes it: a view of a storage, which several may share. Offset and strides count elements.</summary>
internal sealed record PickledTensor(PickledStorage Storage, long Offset, long[] Shape, long[] Strides);
