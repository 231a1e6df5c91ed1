using Orleans.Configuration;
using Orleans.Runtime;

namespace Orleans.Networking;

/// <summary>How long frames may be, on their way out and in.</summary>
internal sealed class FrameLimits(MessagingOptions messaging)
{
    /// <exception cref="OrleansException">The frame of a call is too long to be sent.</exception>
    public void CheckSize(FrameBuffer frame, object call)
    {
        if (frame.BodyLength > messaging.MaxMessageBodySize)
        {
            throw new OrleansException(
                $"{call} has a body of {frame.BodyLength} bytes; the limit is {messaging.MaxMessageBodySize} (see {nameof(MessagingOptions.MaxMessageBodySize)}).");
        }

        if (frame.HeaderLength > messaging.MaxMessageHeaderSize)
        {
            throw new OrleansException(
                $"{call} has a header of {frame.HeaderLength} bytes; the limit is {messaging.MaxMessageHeaderSize} (see {nameof(MessagingOptions.MaxMessageHeaderSize)}).");
        }
    }

    /// <exception cref="ProtocolException">The lengths that a frame begins with are none.</exception>
    public void CheckLengths(int header, int body)
    {
        if (header < 1 || header > messaging.MaxMessageHeaderSize)
        {
            throw new ProtocolException($"A frame's header says that it has {header} bytes; 1 to {messaging.MaxMessageHeaderSize} are allowed.");
        }

        if (body < 0 || body > messaging.MaxMessageBodySize)
        {
            throw new ProtocolException($"A frame's body says that it has {body} bytes; 0 to {messaging.MaxMessageBodySize} are allowed.");
        }
    }
}
