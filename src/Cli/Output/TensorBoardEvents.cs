using System.Globalization;
using Google.Protobuf;

namespace PairUni.Cli.Output;

/// <summary>
/// TensorBoard's event file: tensorflow/core/util/event.proto and framework/summary.proto, the few fields that scalars and images need.
/// Event {1 wall_time double, 2 step int64, 3 file_version, 5 Summary, 7 SessionLog}; Summary {1 Value {1 tag, 2 simple_value, 4 Image}};
/// Image {1 height, 2 width, 3 colorspace, 4 encoded}.
/// </summary>
internal sealed class TensorBoardEvents : IDisposable
{
    private readonly TfRecordWriter _records;
    private readonly TimeProvider _time;

    private TensorBoardEvents(TfRecordWriter records, TimeProvider time)
    {
        _records = records;
        _time = time;
    }

    /// <summary>Opens a new event file; a session start at <paramref name="firstStep"/> hides what a killed process wrote beyond it.</summary>
    public static TensorBoardEvents Create(string folder, int firstStep, TimeProvider time)
    {
        Directory.CreateDirectory(folder);
        var stamp = time.GetUtcNow().ToUnixTimeMilliseconds().ToString("D13", CultureInfo.InvariantCulture);
        var path = Path.Combine(folder, $"events.out.tfevents.{stamp}.{Environment.MachineName}.{Environment.ProcessId}");
        var events = new TensorBoardEvents(new TfRecordWriter(new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read)), time);
        events.Event(0, e =>
        {
            e.WriteTag(3, WireFormat.WireType.LengthDelimited);
            e.WriteString("brain.Event:2");
        });
        events.Event(firstStep, e => Message(e, 7, log => Int(log, 1, 1)));
        return events;
    }

    public void Scalars(int step, IEnumerable<KeyValuePair<string, double>> values)
    {
        Event(step, e => Message(e, 5, summary =>
        {
            foreach (var (tag, value) in values)
            {
                Message(summary, 1, v =>
                {
                    Text(v, 1, tag);
                    v.WriteTag(2, WireFormat.WireType.Fixed32);
                    v.WriteFloat((float)value);
                });
            }
        }));
        _records.Flush();
    }

    /// <param name="step">Step the image belongs to.</param>
    /// <param name="tag">Name; names with one prefix stand together.</param>
    /// <param name="png">The file's bytes, RGB.</param>
    /// <param name="width">Pixels.</param>
    /// <param name="height">Pixels.</param>
    public void Image(int step, string tag, ReadOnlyMemory<byte> png, int width, int height)
    {
        Event(step, e => Message(e, 5, summary => Message(summary, 1, v =>
        {
            Text(v, 1, tag);
            Message(v, 4, image =>
            {
                Int(image, 1, height);
                Int(image, 2, width);
                Int(image, 3, 3);
                image.WriteTag(4, WireFormat.WireType.LengthDelimited);
                image.WriteBytes(ByteString.CopyFrom(png.Span));
            });
        })));
        _records.Flush();
    }

    public void Dispose() => _records.Dispose();

    private void Event(int step, Action<CodedOutputStream> rest) => _records.Write(Bytes(e =>
    {
        e.WriteTag(1, WireFormat.WireType.Fixed64);
        e.WriteDouble(_time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0);
        Int(e, 2, step);
        rest(e);
    }));

    private static void Message(CodedOutputStream output, int field, Action<CodedOutputStream> write)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(ByteString.CopyFrom(Bytes(write)));
    }

    private static void Int(CodedOutputStream output, int field, long value)
    {
        output.WriteTag(field, WireFormat.WireType.Varint);
        output.WriteInt64(value);
    }

    private static void Text(CodedOutputStream output, int field, string value)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteString(value);
    }

    private static byte[] Bytes(Action<CodedOutputStream> write)
    {
        using var buffer = new MemoryStream();
        using (var output = new CodedOutputStream(buffer, leaveOpen: true))
            write(output);
        return buffer.ToArray();
    }
}
