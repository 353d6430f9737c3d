import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;

/**
 * Signs the body of a transaction and a request, with nothing but the JDK (17 or later).
 *
 * <p>usage: java SignTransaction.java key.pkcs8 BODY_BASE64URL METHOD AUTHORITY TARGET CREATED NONCE KEYID;
 * prints the txId, the signature of the body (base64url), and the three headers of a signed request whose
 * content is {"body": …, "signature": …}, one value a line.
 */
public class SignTransaction {
  static final byte[] TAG = "renshe/tx/1\0".getBytes(StandardCharsets.US_ASCII);

  public static void main(String[] given) throws Exception {
    PrivateKey key =
        KeyFactory.getInstance("EC")
            .generatePrivate(new PKCS8EncodedKeySpec(Files.readAllBytes(Path.of(given[0]))));
    byte[] message = joined(TAG, Base64.getUrlDecoder().decode(given[1]));
    System.out.println(HexFormat.of().formatHex(sha256(message)));
    String value = Base64.getUrlEncoder().withoutPadding().encodeToString(sign(key, message));
    System.out.println(value);

    String content =
        "{\"body\":\"" + given[1] + "\",\"signature\":{\"kind\":\"p256\",\"value\":\"" + value + "\"}}";
    String digest = "sha-256=:" + base64(sha256(utf8(content))) + ":";
    String parameters =
        "(\"@method\" \"@authority\" \"@request-target\" \"content-digest\");created=" + given[5]
            + ";nonce=\"" + given[6] + "\";keyid=\"" + given[7] + "\";alg=\"ecdsa-p256-sha256\"";
    String base =
        "\"@method\": " + given[2]
            + "\n\"@authority\": " + given[3]
            + "\n\"@request-target\": " + given[4]
            + "\n\"content-digest\": " + digest
            + "\n\"@signature-params\": " + parameters;
    System.out.println(digest);
    System.out.println("sig1=" + parameters);
    System.out.println("sig1=:" + base64(sign(key, utf8(base))) + ":");
  }

  /** r and s, 32 bytes each: the chain takes no DER. */
  static byte[] sign(PrivateKey key, byte[] message) throws Exception {
    Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
    signature.initSign(key);
    signature.update(message);
    return signature.sign();
  }

  static byte[] sha256(byte[] bytes) throws Exception {
    return MessageDigest.getInstance("SHA-256").digest(bytes);
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  static byte[] joined(byte[] one, byte[] other) {
    byte[] all = new byte[one.length + other.length];
    System.arraycopy(one, 0, all, 0, one.length);
    System.arraycopy(other, 0, all, one.length, other.length);
    return all;
  }
}
