using TorchSharp.Modules;

namespace TorchSharp;

/// <summary>Reading of one-element tensors, the binary format, and odds and ends.</summary>
public static class TensorExtensionMethods
{
    public static Parameter AsParameter(this torch.Tensor tensor) => new(tensor);

    /// <summary>Bytes of one element.</summary>
    public static int ElementSize(this torch.ScalarType type) => type switch
    {
        torch.ScalarType.Byte or torch.ScalarType.Int8 or torch.ScalarType.Bool or torch.ScalarType.QInt8 or torch.ScalarType.QUInt8 => 1,
        torch.ScalarType.Int16 or torch.ScalarType.Float16 or torch.ScalarType.BFloat16 => 2,
        torch.ScalarType.Int32 or torch.ScalarType.Float32 or torch.ScalarType.QInt32 => 4,
        torch.ScalarType.Int64 or torch.ScalarType.Float64 or torch.ScalarType.ComplexFloat32 => 8,
        torch.ScalarType.ComplexFloat64 => 16,
        _ => throw new NotSupportedException($"Unknown element type {type}."),
    };

    public static Half ToHalf(this torch.Tensor value) => (Half)value.DoubleValue();
    public static float ToSingle(this torch.Tensor value) => (float)value.DoubleValue();
    public static double ToDouble(this torch.Tensor value) => value.DoubleValue();
    public static sbyte ToSByte(this torch.Tensor value) => (sbyte)value.LongValue();
    public static byte ToByte(this torch.Tensor value) => (byte)value.LongValue();
    public static short ToInt16(this torch.Tensor value) => (short)value.LongValue();
    public static int ToInt32(this torch.Tensor value) => (int)value.LongValue();
    public static long ToInt64(this torch.Tensor value) => value.LongValue();
    public static bool ToBoolean(this torch.Tensor value) => value.DoubleValue() != 0;

    /// <summary>The product of the lengths.</summary>
    public static long TotalSize(this IEnumerable<long> shape) => shape.Aggregate(1L, (product, length) => product * length);

    /// <summary>Writes element type, dimensions and lengths as variable-length integers, then the raw elements.</summary>
    public static void Save(this torch.Tensor tensor, BinaryWriter writer)
    {
        writer.Write7BitEncodedInt64((long)tensor.dtype);
        var shape = tensor.shape;
        writer.Write7BitEncodedInt64(shape.Length);
        foreach (var length in shape)
            writer.Write7BitEncodedInt64(length);
        using var host = tensor.cpu();
        using var packed = host.contiguous();
        writer.Flush();
        packed.WriteBytesToStream(writer.BaseStream);
    }

    public static void Save(this torch.Tensor tensor, Stream stream)
    {
        using var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        tensor.Save(writer);
    }

    public static void Save(this torch.Tensor tensor, string location)
    {
        using var stream = File.Create(location);
        tensor.Save(stream);
    }

    /// <summary>Fills a tensor with what <see cref="Save(torch.Tensor, BinaryWriter)"/> wrote of one of the same type and shape.</summary>
    /// <param name="skip">read past the elements without keeping them</param>
    /// <exception cref="ArgumentException">Type or shape differ.</exception>
    public static void Load(this torch.Tensor tensor, BinaryReader reader, bool skip = false)
    {
        using var loaded = Load(reader, skip);
        if (skip)
            return;
        if (loaded.dtype != tensor.dtype)
            throw new ArgumentException($"Mismatched tensor data types while loading: the file has {loaded.dtype}, the tensor {tensor.dtype}. Make sure that the model you are loading into is exactly the same as the origin.");
        if (!loaded.shape.AsSpan().SequenceEqual(tensor.shape))
            throw new ArgumentException($"Mismatched tensor shape while loading: the file has [{string.Join(",", loaded.shape)}], the tensor [{string.Join(",", tensor.shape)}]. Make sure that the model you are loading into is exactly the same as the origin.");
        using (torch.no_grad())
            tensor.copy_(loaded);
    }

    /// <summary>Reads a tensor as <see cref="Save(torch.Tensor, BinaryWriter)"/> wrote it.</summary>
    /// <exception cref="InvalidDataException">The bytes are no such tensor.</exception>
    public static torch.Tensor Load(BinaryReader reader, bool skip = false)
    {
        var type = reader.Read7BitEncodedInt64();
        if (type is < 0 or > 15 || !Enum.IsDefined((torch.ScalarType)type))
            throw new InvalidDataException($"The stream holds no tensor: element type {type} does not exist.");
        var dimensions = reader.Read7BitEncodedInt64();
        if (dimensions is < 0 or > 64)
            throw new InvalidDataException($"The stream holds no tensor: {dimensions} dimensions.");
        var shape = new long[dimensions];
        long bytes = ((torch.ScalarType)type).ElementSize();
        for (var i = 0; i < shape.Length; i++)
        {
            shape[i] = reader.Read7BitEncodedInt64();
            if (shape[i] < 0)
                throw new InvalidDataException($"The stream holds no tensor: a length is {shape[i]}.");
            bytes = checked(bytes * shape[i]);
        }

        if (reader.BaseStream.CanSeek && bytes > reader.BaseStream.Length - reader.BaseStream.Position)
            throw new InvalidDataException($"The stream ends within a tensor of {bytes} bytes.");
        var tensor = torch.empty(shape, (torch.ScalarType)type, torch.CPU);
        tensor.ReadBytesFromStream(reader.BaseStream);
        return tensor;
    }

    public static void Load(ref torch.Tensor tensor, BinaryReader reader, bool skip = false)
    {
        if (tensor is null)
            tensor = Load(reader, skip);
        else
            tensor.Load(reader, skip);
    }
}
