using System.Buffers.Binary;
using System.Text;

namespace PairUni.Modeling.Tests.Files;

/// <summary>Writes pickles of protocol 2, opcode by opcode.</summary>
internal sealed class PickleWriter
{
    private readonly MemoryStream _stream = new();

    internal PickleWriter() => Raw(0x80, 2);

    internal PickleWriter Raw(params byte[] bytes)
    {
        _stream.Write(bytes);
        return this;
    }

    internal PickleWriter Op(char opcode) => Raw((byte)opcode);

    internal PickleWriter Global(string module, string name) => Raw(Encoding.UTF8.GetBytes($"c{module}\n{name}\n"));

    internal PickleWriter Text(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        byte[] length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        return Op('X').Raw(length).Raw(bytes);
    }

    internal PickleWriter Number(long value)
    {
        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        return Raw(0x8a, 8).Raw(bytes);
    }

    internal PickleWriter Numbers(IEnumerable<long> values)
    {
        Op('(');
        foreach (long value in values)
            Number(value);
        return Op('t');
    }

    internal PickleWriter OrderedDict() => Global("collections", "OrderedDict").Op(')').Op('R');

    internal PickleWriter Tensor(TorchArchive.View view)
    {
        Global("torch._utils", "_rebuild_tensor_v2").Op('(');
        Op('(').Text("storage").Global("torch", view.Storage).Text(view.Key).Text("cpu").Number(view.Elements).Op('t').Op('Q');
        Number(view.Offset).Numbers(view.Shape).Numbers(view.Strides);
        return Raw(0x89).OrderedDict().Op('t').Op('R');
    }

    /// <summary>An OrderedDict of tensors with the attribute _metadata, which state_dict() attaches.</summary>
    internal PickleWriter StateDict(IEnumerable<TorchArchive.View> views)
    {
        OrderedDict().Op('(');
        foreach (TorchArchive.View view in views)
            Text(view.Name).Tensor(view);
        Op('u').Op('}').Text("_metadata").OrderedDict();
        return Text("layer").Op('}').Text("version").Number(1).Op('s').Op('s').Op('s').Op('b');
    }

    internal byte[] Bytes()
    {
        Op('.');
        return _stream.ToArray();
    }
}
