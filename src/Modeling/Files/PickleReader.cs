using System.Buffers.Binary;
using System.Text;

namespace PairUni.Modeling.Files;

/// <summary>
/// Reads the pickles of PyTorch checkpoints: a machine of the opcodes that data need, over values that are data only (texts, numbers,
/// lists, dictionaries, tensors). Nothing is imported, called or constructed by name: the few names that occur are those of
/// <see cref="PickleGlobal"/>, and calling one of them is a case here. Any other opcode or name is refused.
/// </summary>
/// <remarks>Protocols 2 to 5. Memory stays within a constant times the pickle's length.</remarks>
internal sealed class PickleReader
{
    private readonly byte[] _bytes;
    private readonly string _path;
    private readonly List<object?> _stack = [];
    private readonly Dictionary<uint, object?> _memo = [];
    private int _at;

    private PickleReader(byte[] bytes, string path) => (_bytes, _path) = (bytes, path);

    /// <summary>The one value that a pickle holds.</summary>
    /// <param name="path">The file, for sentences about it.</param>
    /// <exception cref="ModelFileException">The pickle is truncated or damaged, or asks for more than data.</exception>
    public static object? Read(byte[] bytes, string path)
    {
        var reader = new PickleReader(bytes, path);
        while (reader.Step()) { }
        return reader._stack.Count == 1 ? reader._stack[0] : throw reader.Bad("leaves several values");
    }

    private bool Step()
    {
        byte opcode = Take(1)[0];
        switch (opcode)
        {
            case 0x80: // PROTO
                if (Take(1)[0] is < 2 or > 5)
                    throw Bad("is of an unknown protocol");
                break;
            case 0x95: // FRAME, a hint about reading ahead
                Take(8);
                break;
            case (byte)'.': // STOP
                return false;
            case (byte)'(': // MARK
                Push(PickleMark.Instance);
                break;
            case (byte)'0': // POP
                Pop();
                break;
            case (byte)'N': // NONE
                Push(null);
                break;
            case 0x88: // NEWTRUE
                Push(true);
                break;
            case 0x89: // NEWFALSE
                Push(false);
                break;
            case (byte)'K': // BININT1
                Push((long)Take(1)[0]);
                break;
            case (byte)'M': // BININT2
                Push((long)BinaryPrimitives.ReadUInt16LittleEndian(Take(2)));
                break;
            case (byte)'J': // BININT
                Push((long)BinaryPrimitives.ReadInt32LittleEndian(Take(4)));
                break;
            case 0x8a: // LONG1
                Push(Long(Take(Take(1)[0])));
                break;
            case (byte)'G': // BINFLOAT
                Push(BinaryPrimitives.ReadDoubleBigEndian(Take(8)));
                break;
            case 0x8c: // SHORT_BINUNICODE
                Push(Text(Take(1)[0]));
                break;
            case (byte)'X': // BINUNICODE
                Push(Text(BinaryPrimitives.ReadUInt32LittleEndian(Take(4))));
                break;
            case 0x8d: // BINUNICODE8
                Push(Text(BinaryPrimitives.ReadUInt64LittleEndian(Take(8))));
                break;
            case (byte)'U' or (byte)'C': // SHORT_BINSTRING, SHORT_BINBYTES
                Push(Take(Take(1)[0]).ToArray());
                break;
            case (byte)'T' or (byte)'B': // BINSTRING, BINBYTES
                Push(Take(BinaryPrimitives.ReadUInt32LittleEndian(Take(4))).ToArray());
                break;
            case (byte)'}': // EMPTY_DICT
                Push(new Dictionary<string, object?>());
                break;
            case (byte)']': // EMPTY_LIST
                Push(new List<object?>());
                break;
            case (byte)')': // EMPTY_TUPLE
                Push(Array.Empty<object?>());
                break;
            case 0x85 or 0x86 or 0x87: // TUPLE1 to TUPLE3
                Push(Last(opcode - 0x84));
                break;
            case (byte)'t': // TUPLE
                Push(SinceMark());
                break;
            case (byte)'l': // LIST
                Push(new List<object?>(SinceMark()));
                break;
            case (byte)'a': // APPEND
                Append(Last(1));
                break;
            case (byte)'e': // APPENDS
                Append(SinceMark());
                break;
            case (byte)'s': // SETITEM
                SetItems(Last(2));
                break;
            case (byte)'u': // SETITEMS
                SetItems(SinceMark());
                break;
            case (byte)'q': // BINPUT
                _memo[Take(1)[0]] = Top();
                break;
            case (byte)'r': // LONG_BINPUT
                _memo[BinaryPrimitives.ReadUInt32LittleEndian(Take(4))] = Top();
                break;
            case 0x94: // MEMOIZE
                _memo[(uint)_memo.Count] = Top();
                break;
            case (byte)'h': // BINGET
                Push(Recall(Take(1)[0]));
                break;
            case (byte)'j': // LONG_BINGET
                Push(Recall(BinaryPrimitives.ReadUInt32LittleEndian(Take(4))));
                break;
            case (byte)'c': // GLOBAL
                Push(PickleGlobal.Find(Line(), Line(), _path));
                break;
            case 0x93: // STACK_GLOBAL
                object?[] names = Last(2);
                Push(names is [string module, string name] ? PickleGlobal.Find(module, name, _path) : throw Bad("names something by what is no text"));
                break;
            case (byte)'Q': // BINPERSID
                Push(PickledValues.Storage(Pop(), Bad));
                break;
            case (byte)'R': // REDUCE
                object?[] call = Last(2);
                Push(PickledValues.Call(call[0], call[1], Bad));
                break;
            case (byte)'b': // BUILD: only the attributes of an OrderedDict, which carry module versions and no weights
                Pop();
                if (Top() is not Dictionary<string, object?>)
                    throw Bad("sets attributes of something other than a dictionary");
                break;
            default:
                throw Bad($"uses opcode 0x{opcode:x2}, which weights do not need");
        }
        return true;
    }

    private void Append(object?[] items)
    {
        if (Top() is not List<object?> list)
            throw Bad("appends to something other than a list");
        list.AddRange(items);
    }

    private void SetItems(object?[] items)
    {
        if (Top() is not Dictionary<string, object?> dictionary || items.Length % 2 != 0)
            throw Bad("sets items of something other than a dictionary");
        for (int i = 0; i < items.Length; i += 2)
        {
            string key = items[i] switch
            {
                string text => text,
                long number => number.ToString(System.Globalization.CultureInfo.InvariantCulture),
                _ => throw Bad("has a dictionary whose key is neither text nor number"),
            };
            dictionary[key] = items[i + 1];
        }
    }

    private void Push(object? value) => _stack.Add(value);

    private object? Top() => _stack.Count > 0 && _stack[^1] is not PickleMark ? _stack[^1] : throw Bad("takes a value from an empty stack");

    private object? Pop()
    {
        object? value = Top();
        _stack.RemoveAt(_stack.Count - 1);
        return value;
    }

    private object?[] Last(int count)
    {
        if (_stack.Count < count)
            throw Bad("takes a value from an empty stack");
        object?[] items = [.. _stack.GetRange(_stack.Count - count, count)];
        if (items.Any(item => item is PickleMark))
            throw Bad("takes a value from an empty stack");
        _stack.RemoveRange(_stack.Count - count, count);
        return items;
    }

    private object?[] SinceMark()
    {
        int mark = _stack.LastIndexOf(PickleMark.Instance);
        if (mark < 0)
            throw Bad("closes a group that it never opened");
        object?[] items = [.. _stack.GetRange(mark + 1, _stack.Count - mark - 1)];
        _stack.RemoveRange(mark, _stack.Count - mark);
        return items;
    }

    private object? Recall(uint index) => _memo.TryGetValue(index, out object? value) ? value : throw Bad($"recalls value {index}, which it never kept");

    private long Long(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > 8)
            throw Bad($"holds a number of {bytes.Length} bytes");
        long value = 0;
        for (int i = bytes.Length - 1; i >= 0; i--)
            value = (value << 8) | bytes[i];
        int unused = 64 - 8 * bytes.Length;
        return bytes.Length == 0 ? 0 : value << unused >> unused;
    }

    private string Text(ulong length) => Encoding.UTF8.GetString(Take(length));

    private string Line()
    {
        int length = _bytes.AsSpan(_at).IndexOf((byte)'\n');
        if (length < 0)
            throw Bad("ends too early, so it is truncated");
        string line = Encoding.UTF8.GetString(_bytes, _at, length);
        _at += length + 1;
        return line;
    }

    private ReadOnlySpan<byte> Take(ulong count)
    {
        if (count > (ulong)(_bytes.Length - _at))
            throw Bad("ends too early, so it is truncated");
        ReadOnlySpan<byte> taken = _bytes.AsSpan(_at, (int)count);
        _at += (int)count;
        return taken;
    }

    private ModelFileException Bad(string fault) => new($"{_path}: its pickle {fault} (at byte {_at}); download or save the file again.");
}
