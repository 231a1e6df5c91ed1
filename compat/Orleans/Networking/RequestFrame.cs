using Orleans.Runtime;
using Orleans.Wire;

namespace Orleans.Networking;

/// <summary>The header of a request: flags, id, method, time left, target, source.</summary>
internal static class RequestFrame
{
    private const byte WithSource = 1;
    private const byte WithValues = 2;
    private const byte Cancellable = 4;
    private const byte OneWay = 8;

    public static void Write(FrameBuffer frame, Call call, ulong id, WireOptions options)
    {
        frame.Begin(FrameKind.Request);
        frame.Write((byte)((call.Source is null ? 0 : WithSource) | (call.HasValues ? WithValues : 0)
            | (call.IsCancellable ? Cancellable : 0) | (call.IsOneWay ? OneWay : 0)));
        frame.WriteVar(id);
        frame.Write(call.Method.Key);
        frame.WriteVar(call.TimeToLive);
        frame.Write(call.TargetId);
        if (call.Source is { } source)
        {
            frame.Write(source);
        }

        frame.BeginBody();
        call.WriteBody(frame, options);
        frame.End();
    }

    public static RequestHeader Read(ref HeaderReader header, out ulong method)
    {
        var flags = header.ReadByte();
        var id = header.ReadVar();
        method = header.ReadUInt64();
        var timeToLive = header.ReadVar();
        var target = header.ReadGrainId();
        return new RequestHeader(
            id, (flags & WithValues) != 0, (flags & Cancellable) != 0, (flags & OneWay) != 0, timeToLive, target,
            (flags & WithSource) != 0 ? header.ReadGrainId() : null);
    }
}
